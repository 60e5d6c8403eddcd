"""Papers written after the rules stood still: what intake makes of what it was not made for."""

from papers.paper import paper

PAPERS = (
    paper("skaneeritud_dokument (2).pdf", "pdf", "volikogu_otsus", "2025-06-17", """
        Kivioja Linnavolikogu
        OTSUS
        Kivioja
        17. juuni 2025
        nr 55
        Asumikogude tunnustamine
        Lähtudes linna põhimäärusest otsustab Kivioja Linnavolikogu: tunnustada Ülejõe ja Vanalinna asumikogu.""",
        number="55"),
    paper("Kivioja_kaasamise hea tava.pdf", "pdf", "kaasamise_kord", "2024-03-26", """
        KEHTESTATUD Kivioja Linnavolikogu 26.03.2024 otsusega nr 18
        Kivioja linna kaasamise hea tava
        Huvirühmad kaasatakse enne eelnõu koostamist. Tagasiside antakse 30 päeva jooksul.""", number="18"),
    paper("asumiseltsid_kontaktid.xlsx", "xlsx", "kogukondade_register", "", """
        Asum|Selts|Kontaktisik|Telefon
        Ülejõe|Ülejõe Selts|Anu|5551111"""),
    paper("Teie kiri.pdf", "pdf", "e_kiri", "2026-02-11", """
        From: Anu Aas
        Sent: 11. veebruar 2026 9:41
        To: Linnavalitsus
        Subject: Pargi valgustus
        Tere! Kas pargi valgustus jõuab selle aasta eelarvesse?"""),
    paper("Meie vastus seltsile.docx", "docx", "tagasisidekokkuvote", "2026-03-05", """
        Ülejõe Selts
        Teie 11.02.2026 nr 1
        Meie 05.03.2026 nr 6-2/14
        Vastus ettepanekutele
        Pargi valgustuse ettepanek on arvestatud, liikluse rahustamise ettepanek jäeti arvestamata, põhjendus on
        lisas."""),
    paper("TEGEVUSKAVA noored.docx", "docx", "tegevuskava", "", """
        Noortevaldkonna tegevuskava 2026
        Tegevus – vastutaja – tähtaeg
        Noortekogu käivitamine – noorsootöötaja – märts 2026"""),
    paper("töörühma koosolek 5.docx", "docx", "protokoll", "2026-04-14", """
        Liikuvuse töörühma 5. koosolek
        14.04.2026 kell 10–12, raekoda
        Kohal: Anu, Peeter, Jaan, kooli esindaja
        Päevakorras: koolitee ohutus. Otsustati katsetada kahel nädalal, 4.–15. mail 2026."""),
    paper("minutes kogukonnakohvik.odt", "odt", "protokoll", "2026-02-25", """
        Kogukonnakohviku kokkuvõte ja kokkulepped
        Kuupäev: 25.02.2026
        Osalejad: 23 inimest kolmest asumist. Protokollija: Piret. Päevakord ja otsused on allpool."""),
    paper("Teenuse leping selts.rtf", "rtf", "leping", "2024-12-30", """
        TEENUSE OSUTAMISE LEPING
        Kivioja, 30.12.2024
        Kivioja linn (edaspidi Tellija) ja MTÜ Ülejõe Selts (edaspidi Teenuse osutaja)
        1. Lepingu objekt on noortetoa pidamine 01.01.2025–31.12.2026."""),
    paper("sa koolitus tõend anu.pdf", "pdf", "koolitustunnistus", "2025-10-09", """
        TÄIENDUSKOOLITUSE TÕEND
        Anu A. on osalenud koolitusel „Kaasava arutelu kavandamine“, 8 akadeemilist tundi
        9. oktoober 2025
        SA Kogukonnakool"""),
    paper("katseprojekt kokkuvote.docx", "docx", "projektiaruanne", "2026-06-30", """
        Suvetänava katseprojekti kokkuvõte
        30.06.2026
        Projekti eesmärk oli proovida, kas tänav töötab autota. Tulemused: 70 protsenti küsitletutest soovib jätkata.
        Kulud 3 200 eurot."""),
    paper("DSC00231.heic.jpg", "jpeg", "foto", "", """Suvetänav"""),
    paper("linna_uudiskiri_mai.html", "html", "uudis", "2026-05-20", """
        Kivioja linnaleht
        Ilmunud: 20. mai 2026
        Suvetänav avatakse juunis, ütles linnapea. Toimetaja: Kai""" ,
        address="https://www.kivioja.naidis/linnaleht/mai"),
    paper("kinnituskiri_ylejoe.asice/Kinnituskiri.docx", "docx", "kogukonna_kinnitus", "", """
        Ülejõe Selts
        KINNITUSKIRI
        (kuupäev digiallkirjas)
        Kinnitame, et linn on kutsunud meid varakult arutama pargi ümberkujundamist ning vastanud kõigile
        ettepanekutele.""", within="asice"),
    paper("Lisa 2 seletuskirjale 01.02.25.pdf", "pdf", "eelnou_seletuskiri", "", """
        Seletuskirja lisa
        Linna eelarve eelnõu seletuskiri, osa 2
        Eelnõu mõjud: lapsevanemad, koolid. Vt ka 12/03/2025 märkused."""),
)  # fmt: skip
