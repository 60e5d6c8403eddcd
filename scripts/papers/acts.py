"""Acts: decisions, regulations, orders, and what they adopt."""

from papers.paper import paper

PAPERS = (
    paper("Koopia (3) lõplik LÕPLIK.pdf", "pdf", "volikogu_otsus", "2025-03-12", """
        MÄNNISTE VALLAVOLIKOGU
        OTSUS
        Männiste 12. märts 2025 nr 27
        Kogukonnakogu koosseisu kinnitamine
        Kohaliku omavalitsuse korralduse seaduse § 22 lõike 1 punkti 34 alusel ja arvestades kogukondade 20.
        veebruaril 2025 toimunud üldkoosolekute ettepanekuid Männiste Vallavolikogu otsustab:
        1. Kinnitada kogukonnakogu koosseis järgmiselt: Lepiku küla esindaja, Alliku küla esindaja, Jõeääre aleviku
        esindaja.
        2. Otsus jõustub teatavakstegemisest.
        Otsust on võimalik vaidlustada 30 päeva jooksul Tartu Halduskohtus.
        (allkirjastatud digitaalselt)
        volikogu esimees""", number="27", issuer="Männiste Vallavolikogu"),
    paper("otsus nr 27 allkirjastatud.asice/otsus_27_kulad.docx", "docx", "volikogu_otsus", "2024-11-26", """
        Männiste Vallavolikogu
        OTSUS
        26. november 2024 nr 84
        Külade tunnustamine valla partnerina
        Võttes aluseks külade taotlused ja Männiste Vallavolikogu 18.06.2019 määruse nr 12, Männiste Vallavolikogu
        otsustab:
        1. Tunnustada partnerina Lepiku, Alliku ja Vanamõisa küla.
        2. Käesolev otsus jõustub allkirjastamisel.""", number="84", issuer="Männiste Vallavolikogu", within="asice"),
    paper("scan0001.pdf", "scan", "valitsuse_korraldus", "2024-02-06", """
        MÄNNISTE VALLAVALITSUS
        KORRALDUS
        6. veebruar 2024 nr 51
        Töörühma moodustamine""", number="51", issuer="Männiste Vallavalitsus"),
    paper("1-3_51_korraldus.bdoc/korraldus.pdf", "pdf", "valitsuse_korraldus", "2025-09-09", """
        Männiste Vallavalitsus
        K O R R A L D U S
        Männiste 9. september 2025 nr 2-3/412
        Noorte kaasamise töörühma moodustamine
        Männiste Vallavalitsus annab korralduse:
        1. Moodustada töörühm koosseisus: abivallavanem, noorsootöötaja, kolm noortevolikogu liiget.
        2. Korraldus jõustub teatavakstegemisest. Korralduse peale võib esitada vaide 30 päeva jooksul.""",
        number="2-3/412", issuer="Männiste Vallavalitsus", within="bdoc"),
    paper("Riigi Teataja.html", "html", "kaasamise_kord", "2023-05-23", """
        Kaasamise kord – Riigi Teataja
        Väljaandja:|Männiste Vallavolikogu
        Akti liik:|määrus
        Teksti liik:|terviktekst
        Redaktsiooni jõustumise kp:|01.02.2025
        Redaktsiooni kehtivuse lõpp:|Hetkel kehtiv
        Avaldamismärge:|RT IV, 29.01.2025, 14
        Kaasamise kord
        Vastu võetud 23.05.2023 nr 19
        RT IV, 31.05.2023, 6
        jõustumine 03.06.2023
        Muudetud järgmiste aktidega
        21.01.2025|RT IV, 29.01.2025, 3|01.02.2025
        Määrus kehtestatakse kohaliku omavalitsuse korralduse seaduse § 6 lõike 1 alusel.
        § 1. Reguleerimisala
        Määrus sätestab, kuidas huvirühmi kaasatakse.""", number="19", issuer="Männiste Vallavolikogu",
        address="https://www.riigiteataja.ee/akt/429012025014"),
    paper("429012025003.pdf", "pdf", "toetuse_kord", "2022-12-20", """
        Väljaandja: Männiste Vallavolikogu
        Akti liik: määrus
        Teksti liik: algtekst
        Jõustumise kp: 01.01.2023
        Avaldamismärge: RT IV, 28.12.2022, 40
        Mittetulundusliku tegevuse toetuse andmise kord
        Vastu võetud 20.12.2022 nr 31
        Määrus kehtestatakse kohaliku omavalitsuse korralduse seaduse § 22 lõike 1 punkti 5 alusel.
        § 1. Üldsätted
        (1) Toetust võib taotleda vabaühendus, kelle tegevus toimub vallas. Omaosalus on vähemalt 10 protsenti.""",
        number="31", issuer="Männiste Vallavolikogu"),
    paper("MA 14 statuut puhas.docx", "docx", "statuut", "2023-10-17", """
        MÄNNISTE VALLAVOLIKOGU
        MÄÄRUS
        17. oktoober 2023 nr 33
        Külavanema statuut
        Määrus kehtestatakse kohaliku omavalitsuse korralduse seaduse § 58 lõike 2 alusel.
        § 1. Külavanema valimine
        Külavanem valitakse külakoosolekul kuni neljaks aastaks.""", number="33", issuer="Männiste Vallavolikogu"),
    paper("pohimaarus_kehtiv_uus(1).rtf", "rtf", "pohimaarus", "2021-12-14", """
        Männiste Vallavolikogu
        MÄÄRUS
        Männiste, 14. detsember 2021 nr 9
        Männiste valla põhimäärus
        1. peatükk Üldsätted
        § 1. Valla sümboolika: vallal on vapp ja lipp.""", number="9", issuer="Männiste Vallavolikogu"),
    paper("Arengukava 2035 kujundatud VEEBI.pdf", "pdf", "arengukava", "2024-10-29", """
        KINNITATUD
        Männiste Vallavolikogu
        29. oktoobri 2024. a määrusega nr 16
        Männiste valla arengukava 2025–2035
        Sissejuhatus
        Arengukava on valla pikaajaline strateegiline alusdokument. Visioon 2035: Männiste on koht, kus igaüks on
        kuulda.
        Strateegiline eesmärk 1. Kaasav kogukond. Mõõdik: kaasamisega rahul olevate elanike osakaal.""",
        number="16", issuer="Männiste Vallavolikogu"),
    paper("EAS 26-29.odt", "odt", "eelarvestrateegia", "2025-09-30", """
        Lisa
        Männiste Vallavolikogu 30.09.2025 määruse nr 22 juurde
        Männiste valla eelarvestrateegia 2026–2029
        Põhitegevuse tulud kasvavad keskmiselt 4 protsenti aastas. Netovõlakoormus püsib alla 60 protsendi.""",
        number="22", issuer="Männiste Vallavolikogu"),
    paper("kask kiri.doc", "doc", "kaskkiri", "2025-01-15", """
        MÄNNISTE VALLAVANEM
        KÄSKKIRI
        15.01.2025 nr 3-1/4
        Kaasamise eest vastutava teenistuja määramine
        1. Määrata kaasamise eest vastutavaks teenistujaks arendusnõunik.
        2. Teha käskkiri teatavaks kõigile osakondadele.
        vallavanem""", number="3-1/4", issuer="Männiste Vallavanem"),
    paper("AJ_kogukonnatoo_allk.ddoc/Ametijuhend.rtf", "rtf", "ametijuhend", "2024-08-19", """
        KINNITATUD
        vallavanema 19.08.2024 käskkirjaga nr 12
        AMETIJUHEND
        Ametikoha nimetus: kogukonnatöö spetsialist
        Vahetu juht: arendusjuht. Asendab: arendusnõunik.
        Teenistusülesanded: 1. korraldab kogukondade kaasamist; 2. nõustab külavanemaid.""", number="12",
        within="ddoc"),
    paper("LEPING nr 7-1.pdf", "pdf", "leping", "2025-02-03", """
        HALDUSLEPING nr 7-1/8
        Männiste, 3. veebruar 2025
        Männiste vald (edaspidi Vald), keda esindab vallavanem, ja MTÜ Lepiku Külaselts (edaspidi Täitja) sõlmisid
        lepingu alljärgnevas:
        1. Lepingu ese on Lepiku rahvamaja haldamine ja seal huvitegevuse korraldamine.
        2. Leping kehtib kuni 31.12.2027.""", number="7-1/8"),
    paper("Koostöölepe_PÕHI_27.10 - parandatud.docx", "docx", "koostoolepe", "2024-10-27", """
        KOOSTÖÖLEPE
        27.10.2024
        Osapooled: Männiste vald, Männiste Kool ja MTÜ Noorte Tuba
        Pooled lepivad kokku ühises eesmärgis: noortel on oma koht ja hääl.""", ),
    paper("Lisa 1.pdf", "pdf", "tegevuskava", "2025-10-14", """
        Lisa 1
        Männiste Vallavolikogu
        14.10.2025 määruse nr 25
        juurde
        Männiste valla arengukava tegevuskava 2026–2029
        Tegevus, vastutaja, tähtaeg, maksumus
        Noortevolikogu koolitused, noorsootöötaja, 2026 II kvartal, 2500 eurot""", number="25"),
    paper("SELETUSKIRI v4 (Kati parandustega).docx", "docx", "eelnou_seletuskiri", "2025-11-18", """
        SELETUSKIRI
        Männiste Vallavolikogu otsuse „Raamatukogude ümberkorraldamine“ eelnõu juurde
        18.11.2025
        1. Eelnõu eesmärk. Eelnõuga muudetakse raamatukogude lahtiolekuaegu. Eelnõu koostas kultuurinõunik.
        2. Kaasamine. Lugejatega kohtuti 7. oktoobril ja 21. oktoobril 2025."""),
    paper("volikogu_otsus_2024-05-21.pdf", "scan", "volikogu_otsus", "2024-05-21", """
        MÄNNISTE VALLAVOLIKOGU
        OTSUS 21. mai 2024 nr 40""", number="40", issuer="Männiste Vallavolikogu"),
    paper("dok 12.odt", "odt", "kaasamise_kava", "2025-04-08", """
        Kinnitatud Männiste Vallavalitsuse 8. aprilli 2025 korraldusega nr 118
        Üldplaneeringu kaasamiskava
        Sihtrühmad: elanikud, maaomanikud, ettevõtjad, noored. Kanalid: valla leht, veebileht, külakoosolekud.""",
        number="118"),
    paper("Määrus eelarve 2026 VASTU VÕETUD.doc", "doc", "eelarve", "2025-12-16", """
        Männiste Vallavolikogu
        MÄÄRUS
        16. detsember 2025 nr 31
        Männiste valla 2026. aasta eelarve
        Põhitegevuse tulud kokku 14 200 000 eurot. Põhitegevuse kulud kokku 13 100 000 eurot. Investeerimistegevus
        kokku -2 000 000 eurot.""",
        number="31", issuer="Männiste Vallavolikogu"),
)  # fmt: skip
