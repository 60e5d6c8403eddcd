"""Minutes, reports, tables, letters, pages and pictures."""

from papers.paper import paper

PAPERS = (
    paper("protokoll_2026-03-19.docx", "docx", "protokoll", "2026-03-19", """
        Kogukonnakogu koosoleku protokoll
        Männiste rahvamaja, 19.03.2026
        Osalesid: 14 esindajat. Juhatas Malle. Protokollis Jüri.
        Algus kell 17.00, lõpp kell 19.10
        Päevakord: 1. Üldplaneering 2. Suvised üritused
        Otsustati: kutsuda järgmine koosolek kokku 16. aprillil 2026."""),
    paper("pr.pdf", "pdf", "protokoll", "2025-11-06", """
        PROTOKOLL
        Alliku küla üldkoosolek
        Aeg: 6. november 2025 kell 18.00
        Koht: Alliku seltsimaja
        Koosolekust võtsid osa: 32 külaelanikku
        Päevakord
        1. Külavanema valimine
        Otsus: valida külavanemaks Tiina.
        Protokollile kirjutati alla 10.11.2025"""),
    paper("Fwd_ memo arutelust.rtf", "rtf", "protokoll", "2026-01-22", """
        Koosoleku memo
        Toimumise aeg: 22.01.2026
        Osalejad: sotsiaalosakond, koduteenuse kasutajad, hooldajad
        Arutati, mis kellaaegadel on abi vaja. Otsustasime katsetada õhtust teenust kuni 30.04.2026."""),
    paper("Volikogu komisjon 03.26.pdf", "pdf", "protokoll", "2026-03-03", """
        Männiste Vallavolikogu
        Arengukomisjoni koosoleku protokoll nr 5
        3. märts 2026
        Koosolek algas kell 16.00, lõppes kell 17.45. Juhatas komisjoni esimees, protokollija Ene.
        Päevakord: 1. Kaasava eelarve tulemused"""),
    paper("juuni_pilvesalvestis.docx", "docx", "tagasisidekokkuvote", "2026-06-18", """
        Rannaala arutelude tagasiside kokkuvõte
        18.06.2026
        Laekus 41 ettepanekut. Arvestatud 26, osaliselt arvestatud 8, jäeti arvestamata 7. Iga ettepaneku juures on
        vastus ja põhjendus."""),
    paper("Ettepanekute tabel LÕPP.xlsx", "xlsx", "tagasisidekokkuvote", "", """
        Ettepanekute tabel
        Nr|Ettepanek|Esitaja|Vastus|Põhjendus
        1|Rajada kõnnitee|külaselts|arvestatud|on eelarves
        2|Sulgeda tee|elanik|mitte arvestatud|tee on riigi oma"""),
    paper("Tabel1.xls", "xls", "kogukondade_register", "2026-02-10", """
        Valla kogukondade nimekiri seisuga 10.02.2026
        Kogukond|Esindaja|Kontakt|Valitud
        Lepiku küla|Mart M.|lepiku@naidis.ee|14.03.2024
        Alliku küla|Tiina T.|alliku@naidis.ee|06.11.2025"""),
    paper("kylavanemad.ods", "ods", "kogukondade_register", "", """
        Külavanemate nimekiri
        Küla|Külavanem|Telefon|E-post
        Lepiku|Mart|5550000|mart@naidis.ee"""),
    paper("export (7).csv", "csv", "avaandmed", "2026-05-05", """
        Avaandmete andmestik: kaasamised|seisuga 05.05.2026
        aasta|teema|ettepanekuid|vastatud
        2025|Kaasav eelarve|64|64"""),
    paper("EELARVE_LIHTSALT_veeb.pdf", "pdf", "eelarve_seletus", "2026-01-27", """
        Valla eelarve 2026 lihtsas keeles
        Männiste Vallavalitsus, 27. jaanuar 2026
        Kust raha tuleb? Igast sajast eurost 62 tuleb tulumaksust. Kuhu raha läheb? 54 eurot haridusele."""),
    paper("rahulolu 2025 FINAL (2).pdf", "pdf", "kysitluse_raport", "2025-06-10", """
        Männiste valla elanike rahulolu-uuring 2025
        Aruanne
        Koostatud: 10.06.2025
        Küsitlus toimus 2.–20. mail 2025. Valim oli 600 elanikku, vastas 388. Kaasamisega on rahul 57 protsenti
        vastanutest."""),
    paper("Noorte_kysitlus.pptx", "pptx", "kysitluse_raport", "", """
        Noorte küsitluse tulemused
        Vastajaid 112, ankeet oli veebis märtsis 2026
        Kolm neljandikku vastanutest ei tea noortevolikogust"""),
    paper("aruanne kaasamisest.odt", "odt", "hindamisaruanne", "2026-04-28", """
        Männiste valla kaasamise aruanne 2025
        28. aprill 2026
        Kokkuvõttes hinnati koos kogukondadega, mis läks hästi ja mis mitte. Parandused on kokku lepitud. Järeldused
        ja soovitused on lisas."""),
    paper("KYSK lopparuanne.docx", "docx", "projektiaruanne", "2025-12-12", """
        Projekti „Küla kokku“ lõpparuanne
        Esitamise kuupäev: 12.12.2025
        Projekti periood: 01.01.2025–30.11.2025
        Tulemused: avati kogukonnaköök. Projekti kulud kokku 8 900 eurot."""),
    paper("Hea näide_Männiste.docx", "docx", "naitelugu", "", """
        Kuidas me kogukonnaköögi avasime
        Mis oli mure? Eakad olid päeval üksi.
        Mida õppisime? Alustada tuleb väikeselt. Soovitus teistele: küsi enne, kui ehitad."""),
    paper("lepiku selts kiri.txt", "txt", "kogukonna_kinnitus", "2026-08-28", """
        MTÜ Lepiku Külaselts
        Kinnitus
        Kinnitame, et meie külal on valitud esindaja ning vald on meie ettepanekutele vastanud. Viimane kohtumine oli
        kevadel.
        Tunneme, et meid kuulatakse.
        Mart M., esindaja
        28. august 2026"""),
    paper("kinnitus.doc", "doc", "kogukonna_kinnitus", "2026-07-15", """
        Alliku küla külavanem
        Männiste Vallavalitsusele
        15.07.2026
        Külavanema kinnitus
        Kinnitan, et olen viimase aasta jooksul osalenud neljal vanemate kokkusaamisel."""),
    paper("vorgustik.pdf", "pdf", "vorgustiku_kinnitus", "2026-09-03", """
        Omavalitsuste eestvedajate võrgustik
        Võrgustiku kinnitus
        3. september 2026
        Kinnitame, et Männiste valla esindaja osales viimase aasta jooksul viiel võrgustiku kohtumisel."""),
    paper("tunnistus0012.pdf", "pdf", "koolitustunnistus", "2025-03-28", """
        TUNNISTUS
        nr KÕ-2025/117
        Mari M.
        on läbinud täienduskoolituse „Arutelude juhtimine“ mahuga 40 akadeemilist tundi
        Väljastatud: 28.03.2025
        Koosloome Õppekoda""", number="KÕ-2025/117"),
    paper("certificate_MM.jpeg", "jpeg", "koolitustunnistus", "2025-03-28", """
        TUNNISTUS"""),
    paper("Koolitusplaan 2026 kavand.xlsx", "xlsx", "koolituskava", "", """
        Koolitusplaan 2026
        Koolitus|Sihtrühm|Maht|Aeg
        Arutelu juhtimine|ametnikud|16 akadeemilist tundi|mai 2026"""),
    paper("Hange 278123 TK.pdf", "pdf", "hankedokument", "2025-05-20", """
        Männiste Vallavalitsus
        Pakkumuse esitamise ettepanek
        20.05.2025 nr 7-4/33
        Hankija palub esitada pakkumuse koduteenuse korraldamiseks. Pakkuja kirjeldab, kuidas ta teenust koos
        kasutajatega arendab. Pakkumuste esitamise tähtaeg on 10.06.2025.
        Hindamiskriteeriumid: lahenduse kvaliteet 70, hind 30.""", number="7-4/33"),
    paper("Räägi kaasa – Männiste vald.mhtml", "mhtml", "veebileht", "", """
        Räägi kaasa
        Esileht Vald Teenused Kontakt Otsi
        Siit leiad, millal ja kuidas saad valla otsustes kaasa rääkida. Järgmine arutelu on 12.10.2026."""),
    paper("Osalemine _ Männiste vald.htm", "html", "veebileht", "", """
        Osalemine | Männiste vald
        Avaleht Volikogu Teenused Küpsised
        Kaasava eelarve hääletus algab 01.10.2026. Jaga Facebookis.""",
        address="https://www.manniste.naidis/osalemine"),
    paper("artikkel.html", "html", "uudis", "2026-05-06", """
        Männiste külad said oma kogu
        Avaldatud: 06.05.2026 09.15
        Autor: Liis Lill, ajakirjanik
        „Nüüd kuulatakse meid,“ ütles külavanem. Loe ka: kaasav eelarve selgus.""",
        address="https://sakala.postimees.ee/8123456/manniste-kulad-said-oma-kogu"),
    paper("Pressiteade kogukonnapäev.docx", "docx", "uudis", "2026-05-11", """
        PRESSITEADE
        11. mai 2026
        Männiste vald peab kogukonnapäeva
        „Ootame kõiki,“ sõnas vallavanem. Lisainfo: arendusnõunik."""),
    paper("intervjuu üleskirjutus.docx", "docx", "intervjuu_markmed", "2026-10-06", """
        Intervjuu märkmed
        Intervjuu kuupäev: 06.10.2026
        Hindaja: K. Kuusk. Intervjueeritav: abivallavanem.
        Küsimus: kuidas ettepanekud volikokku jõuavad? Vastas: kogukonnakogu kaudu."""),
    paper("RE_ rahvamaja katus.eml", "eml", "e_kiri", "2026-03-12", """
        Tere
        Vastan teie küsimusele katuse kohta. Kohtusime teiega 03.03.2026 ja arutasime läbi kolm lahendust.
        Lugupidamisega Mari"""),
    paper("Külaseltsi ettepanek.msg", "msg", "e_kiri", "2026-03-12", """
        Tere
        Saadame külaseltsi ettepaneku bussiliini kohta."""),
    paper("FW_ protokoll.eml/Protokoll_kogu.docx", "docx", "protokoll", "2025-12-04", """
        KOGUKONNAKOGU PROTOKOLL
        04.12.2025
        Osalesid 12 esindajat, juhataja Malle, protokollija Jüri. Päevakord: 1. Aasta kokkuvõte. Otsustati: teha
        tagasivaade jaanuaris.""", within="eml"),
    paper("IMG_2034.JPG", "jpeg", "foto", "", """Talgud"""),
    paper("20260314_123456.jpg", "jpeg", "foto", "2026-03-14", """Kogukonnapäev"""),
    paper("WhatsApp Image 2026-04-25 at 12.03.44.jpeg", "jpeg", "foto", "2026-04-25", """Talgud mõisas"""),
    paper("Screenshot 2026-05-12 at 10.11.12.png", "png", "ekraanitommis", "2026-05-12", """Kodulehe ekraanitõmmis"""),
    paper("Kuvatõmmis (15).png", "png", "ekraanitommis", "", """Facebook"""),
    paper("CCF_000012.tif", "tiff", "kaasamise_kord", "", """Kaasamise kord"""),
    paper("VID_kogukonnapaev.mp4", "mp4", "video", "", """film"""),
    paper("Kaart asumid A3.pdf", "pdf", "kogukondade_kaart", "", """
        Männiste valla kogukondade kaart
        Leppemärgid: küla piir, kogukonna keskus"""),
    paper("paberid.zip/vana/2023/Küsitlus elanikele tulemused.xlsx", "xlsx", "kysitluse_raport", "", """
        Elanike küsitlus 2023
        Küsimus|Vastajaid|Rahul|Ei ole rahul
        Kas olete rahul kaasamisega?|214|120|94""", within="zip"),
    paper("paberid.zip/vana/toetuste kord.pdf", "pdf", "toetuse_kord", "2024-08-27", """
        MÄNNISTE VALLAVOLIKOGU
        MÄÄRUS
        27. august 2024 nr 22
        Kaasava eelarve menetlemise kord
        § 1. Taotleja võib olla vähemalt 16-aastane elanik.""", within="zip", number="22",
        issuer="Männiste Vallavolikogu"),
    paper("paberid.zip/Uus kaust/Uus tekstidokument.txt", "txt", "e_kiri", "2026-02-17", """
        Saatja: Tiina T.
        Saaja: Männiste Vallavalitsus
        Saadetud: 17.02.2026 14:20
        Teema: valgustus
        Tere, palume külakeskusse lampi.""", within="zip"),
)  # fmt: skip
