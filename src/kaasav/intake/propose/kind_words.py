"""What papers of each kind call themselves and say: patterns of Estonian municipal practice, by the catalogue's ids.

``name`` is looked for in the file's name, ``title`` in the first lines (where a paper says what it is), ``body``
anywhere in its beginning (each pattern counts once). All text is folded to lower case first.
"""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """The patterns of one kind; ``weight`` is what a title counts for."""

    name: re.Pattern[str]
    title: re.Pattern[str]
    body: tuple[re.Pattern[str], ...] = ()
    weight: int = 8


def _words(name: str, title: str, *body: str, weight: int = 8) -> Words:
    return Words(re.compile(name), re.compile(title), tuple(re.compile(one) for one in body), weight)


_ACT = 6
"""An act's form says less than its subject: a regulation that lays down a procedure is that procedure."""

WORDS: dict[str, Words] = {
    "arengukava": _words(
        r"arengukava|\bak 20\d\d",
        r"(?<!valdkonna )\barengukava\b(?! (?:algatami|eelnõu avalik|täitmis))",
        r"\bvisioon\b",
        r"strateegili\w+ eesmär",
        r"hetkeolukor",
        r"mõõdik",
        r"tegevusvaldkon",
    ),
    "eelarvestrateegia": _words(
        r"eelarvestrateegia|\beas\b",
        r"eelarvestrateegia",
        r"finantsdistsipliin",
        r"netovõlakoormus",
        r"põhitegevuse tulud",
    ),
    "eelarve": _words(
        r"(?<!kaasav )(?<!lisa)eelarve(?!strat)(?! ?(?:lihtsalt|selet|lühi|luhi|arusaad|infogr))|lisaeelarve",
        r"^(?:.{0,60}\b)?(?<!kaasava )(?:lisa)?eelarve(?! (?:seletuskiri|lihtsa|lühi|arusaadav|"
        r"hääletus))\b(?!.{0,30}(?:strateegia|kord\b))",
        r"põhitegevuse tulud",
        r"põhitegevuse kulud",
        r"investeerimistegevus",
        r"tulumaks",
        r"tasandusfond",
        weight=7,
    ),
    "eelarve_seletus": _words(
        r"eelarve.{0,12}(?:lihtsa|selet|lühi|luhi|arusaad|infogr|brošüür|voldik|joonis)|(?:lihtne|sinu|meie) eelarve",
        r"eelarve.{0,25}(?:lihtsas keeles|lihtsalt|lühidalt|arusaadavalt|seletuskiri|seletus|pildis|"
        r"infograafika)|kuhu läheb .{0,20}raha|sinu maksuraha",
        r"igast (?:sajast )?eurost",
        r"kust raha tuleb",
        r"kuhu (?:raha )?läheb",
        r"elaniku kohta",
        weight=10,
    ),
    "pohimaarus": _words(
        r"p[õo]him[äa]{2}rus", r"\bpõhimäärus", r"valla sümboolika|vapp ja lipp", r"volikogu pädevus", weight=9
    ),
    "volikogu_otsus": _words(
        r"otsus",
        r"volikogu otsus\b|^otsus(?: \(?(?:eelnõu|väljavõte|ärakiri)\)?)?(?: nr\b.*| \d.*)?$",
        r"otsustab\s*:?",
        r"vallavolikogu|linnavolikogu|volikogu",
        r"volikogu esimees",
        r"halduskohtu",
        weight=_ACT,
    ),
    "volikogu_maarus": _words(
        r"m[äa]{2}rus",
        r"volikogu määrus\b|^määrus(?: \(?(?:eelnõu|väljavõte)\)?)?(?: nr\b.*| \d.*)?$",
        r"määrus kehtestatakse",
        r"§ 1\b",
        r"reguleerimisala",
        r"jõustub",
        weight=_ACT,
    ),
    "valitsuse_korraldus": _words(
        r"korraldus(?!e? ?(?:koosolek|büroo))",
        r"valitsuse korraldus\b|^korraldus(?: \(?(?:eelnõu|väljavõte|ärakiri)\)?)?(?: nr\b.*| \d.*)?$",
        r"vallavalitsus|linnavalitsus",
        r"korraldus (?:jõustub|hakkab kehtima)",
        r"korralduse peale",
        weight=_ACT,
    ),
    "kaskkiri": _words(
        r"k[äa]skkir", r"käskkiri", r"teenistujale|töötajale", r"teatavaks teg", r"vallavanem|linnapea", weight=_ACT + 1
    ),
    "eelnou_seletuskiri": _words(
        r"seletuskir",
        r"(?<!eelarve )seletuskiri",
        r"eelnõu",
        r"eelnõu (?:eesmärk|koosta)",
        r"esitaja",
        r"mõjud?\b",
        weight=9,
    ),
    "kaasamise_kord": _words(
        r"kaasamis\w* ?(?:ja \w+ )?(?:hea tava|kord\b|p[õo]him[õo]t)|kaasamiskor|osalemise kord",
        r"kaasamise (?:ja [\w ]{3,30})?(?:kord\b|hea tava|põhimõt|juhend)|kaasamiskord|kaasamise hea tava",
        r"kaasatavate?",
        r"huvirühm|huvigrup",
        r"tagasiside tähtaeg|tagasisidestami",
        weight=10,
    ),
    "kaasamise_kava": _words(
        r"kaasamis\w* ?(?:tegevus)?(?:kava|plaan)|kaasamiskava|kaasamisplaan",
        r"kaasamise (?:tegevus)?(?:kava|plaan)\b|kaasamiskava|kaasamisplaan|kommunikatsiooni- ja kaasamis",
        r"sihtrüh",
        r"kanal",
        weight=10,
    ),
    "statuut": _words(
        r"statuu[td]",
        r"statuut|vanema statuudi",
        r"külavanema (?:valimi|ülesan|õigus)",
        r"alevikuvanem",
        r"külakoosolek",
        weight=10,
    ),
    "toetuse_kord": _words(
        r"toetus\w* ?(?:andmise |taotlemise |kasutamise )?kor[dr]|toetamise kor|"
        r"kaasav\w* eelarve\w* (?:kord|men)|toetuskor|projektitoetus",
        r"(?:toetuse|toetuste|toetamise|toetamiseks|projektitoetuse|tegevustoetuse|rahastamise|"
        r"kaasava eelarve|kogukonnaeelarve|stipendiumi)\b.{0,60}\b(?:kord|tingimused|menetlemise kord|"
        r"alused)\b",
        r"taotleja",
        r"toetus(?:e|t) (?:suurus|määr)",
        r"hindamiskriteerium",
        r"omaosalus",
        weight=10,
    ),
    "hankedokument": _words(
        r"hange|hanke|lihthan|riigihan|pakkumus(?:kutse|e esitamise)|tehniline kirjeldus|l[äa]hteülesan",
        r"hanke(?:dokument|teade|leping|pass)|hange\b|riigihan|pakkumuse esitamise (?:ettepanek|kutse)|"
        r"pakkumiskutse|tehniline kirjeldus",
        r"pakkuja",
        r"pakkumus",
        r"hankija",
        r"hindamiskriteerium",
        weight=9,
    ),
    "leping": _words(
        r"(?<!koostöö)leping(?!ud? register)",
        r"(?<!koostöö)(?<!hanke)leping(?: nr\b.*)?$|\b(?:haldus|töövõtu|käsundus|rendi|üüri|delegeerimis|"
        r"teenuse osutamise|kasutus|toetus)\w*leping\b|teenuse osutamise leping",
        r"edaspidi (?:ka )?[„\"“]?(?:vald|tellija|omavalitsus|linn)",
        r"lepingu (?:ese|objekt)",
        r"pooled",
        r"täitja|käsundisaaja|teenuse osutaja",
        weight=8,
    ),
    "koostoolepe": _words(
        r"koost[öo]{2}?(?:leppe?|leping|kokkulep|memorandum)|\bkoost[öo]{2}? kokkulep|hea tahte|\bmemorandum",
        r"koostöö(?:lepe|leping|kokkulepe|memorandum)|ühiste kavatsuste|hea tahte (?:kokkulepe|lepe)|"
        r"vastastikuse mõistmise",
        r"pooled|osapooled",
        r"ühi[sn]e eesmär",
        r"edaspidi",
        weight=10,
    ),
    "ametijuhend": _words(
        r"ameti ?juhend|t[öo]{2}? ?(?:juhend|kirjeldus)|\baj ",
        r"ametijuhend|töökirjeldus|tööjuhend",
        r"teenistusülesan|tööülesan",
        r"ametikoha (?:eesmär|nimetus)",
        r"vahetu juht|alluvus|asendab",
        weight=10,
    ),
    "koolituskava": _words(
        r"koolitus(?:kava|plaan)|koolituste (?:kava|plaan)|[õo]ppekava",
        r"koolituskava|koolitusplaan|koolituste (?:plaan|kava)|õppekava",
        r"õpiväljund",
        r"koolituse (?:maht|sihtrühm)",
        r"akadeemili\w+ tun",
        weight=10,
    ),
    "koolitustunnistus": _words(
        r"tunnistus|sertifikaat|t[õo]end(?:id)?\b.*koolit|koolit\w*.*t[õo]end|certificate",
        r"^tunnistus|\btunnistus\b|koolitustõend|täienduskoolituse tõend|sertifikaat|certificate",
        r"on läbinud|on osalenud|has completed|has attended",
        r"akadeemili\w+ tun|tunnise|\bhours\b",
        r"täienduskoolitus|koolitus",
        weight=9,
    ),
    "protokoll": _words(
        r"protokol|protocol|koosoleku (?:memo|m[äa]rkmed)|\bmemo\b|minutes",
        r"protokoll\b|koosoleku (?:memo|kokkuvõte|märkmed)|^memo\b",
        r"päevakor",
        r"osale(?:sid|jad)|kohal(?:olijad|viibijad)|võtsid osa",
        r"protokollija|protokollis",
        r"juhata(?:ja|s)",
        r"otsustati|otsustasime|otsus:",
        r"(?:algus|algas|lõppes?|lõpp)\b.{0,9}(?:kell|kl)",
        weight=10,
    ),
    "kogukondade_kaart": _words(
        r"kogukon\w* ?kaar[dt]|asum\w* ?kaart|k[üu]lade kaart|kaardirakendus",
        r"kogukon(?:dade|na)\w* ?kaart|asumite kaart|külade kaart|kogukonnakaart",
        r"piirid?\b",
        r"kaardi(?:l|kih)",
        r"leppemärgid|legend",
        weight=10,
    ),
    "kogukondade_register": _words(
        r"(?:kogukon|k[üu]la|asum|selts|vaba[üu]hendus|[üu]hendus)\w*(?: ja \w+)? ?(?:register|nimekiri|"
        r"loetelu|kontakt|esinda|vanem\w* nimek)|k[üu]lavanemad\b|asumid",
        r"(?:kogukon|küla|asumi|selts|vabaühendus|ühendus|esinda)\w*(?: ja \w+)? (?:register|nimekiri|"
        r"loetelu|andmebaas|kontaktid)|(?:külavanemate|kogukondade|esindajate) (?:register|nimekiri)",
        r"esindaja",
        r"kontakt",
        r"kogukond|küla\b",
        r"telefon|e-post",
        weight=9,
    ),
    "veebileht": _words(
        r"veebileh|kodul(?:eht|ehe)|veebi? v[äa]ljav[õo]te|alamleht",
        r"^avaleht|veebileht|koduleht",
        r"küpsis",
        r"esileht|avaleht",
        r"otsi\b|otsing",
        r"jaga\b|facebook",
        r"menüü|sisukaart",
        weight=6,
    ),
    "uudis": _words(
        r"uudis|artik|ajaleh|pressitead|postimees|\berr\b|delfi|vallaleht|linnaleht|s[õo]numid",
        r"^uudis|pressiteade|ajaleht|\buudised\b|vallaleht|postimees|delfi|err\.ee",
        r"toimetaja|ajakirjanik|\bautor\b|tekst:|foto:",
        r"avaldatud|ilmunud|uuendatud",
        r"loe (?:ka|lisaks|edasi)|kommenta",
        r"ütles|sõnas|rääkis|lausus",
        weight=8,
    ),
    "tagasisidekokkuvote": _words(
        r"tagasiside(?!m)|ettepanekute (?:tabel|kokku|vastus|koond)|arutelu\w* (?:kokku|tulem)|"
        r"laekunud (?:ettepanek|arvamus)|arvamuste (?:tabel|koond)",
        r"tagasiside|ettepanekute (?:ja (?:vastuväidete|arvamuste) )?(?:tabel|kokkuvõte|koond)|"
        r"arutelu(?:de)? kokkuvõte|laekunud (?:ettepanek|arvamus)|arvamuste (?:tabel|koond|kokkuvõte)|"
        r"kaasamise kokkuvõte",
        r"arvesta(?:tud|takse|ti)|mitte arvestatud|jäeti arvestamata",
        r"ettepanek",
        r"põhjendus",
        r"vastus",
        weight=9,
    ),
    "kysitluse_raport": _words(
        r"k[üuy]sitlu|rahulolu|uuring|ankeet\w* tulem|survey",
        r"(?:küsitlus|rahulolu)\w*|uuringu? (?:aruanne|raport)|uuring\b",
        r"vastaja|vastanu",
        r"valim",
        r"protsenti|%",
        r"küsimusti|ankeet",
        r"rahul\b|rahulolu",
        weight=8,
    ),
    "avaandmed": _words(
        r"avaandme|andmestik|opendata|open data|andmete v[äa]ljav|dataset|v[äa]ljav[õo]t\w* andme",
        r"avaandme|andmestik|andmekogu väljavõte",
        r"andmete (?:kirjeldus|uuenda)",
        r"litsents|cc.by",
        r"andmehaldur|andmete omanik|tunnus",
        weight=9,
    ),
    "tegevuskava": _words(
        r"tegevus(?:kava|plaan)|rakenduskava|rakendusplaan|t[öo]{2}plaan",
        r"tegevuskava|tegevusplaan|rakenduskava|rakendusplaan|tööplaan",
        r"vastutaja",
        r"tähtaeg",
        r"rahastus|maksumus|eelarve",
        weight=10,
    ),
    "hindamisaruanne": _words(
        r"hindamisaruan|enesehin|t[äa]itmise (?:aruan|anal)|seire(?:aruan|raport)|kaasamise aruan|"
        r"arengukava \w*aruan|tagasivaa|aastaaruan|anal[üu]{1,2}s",
        r"hindamisaruanne|enesehindami|täitmise (?:\w+ ){0,2}(?:aruanne|analüüs)|seirearuanne|"
        r"kaasamise aruanne|tagasivaate|\baruanne 20\d\d|hindamise (?:aruanne|tulemused)",
        r"hinnati|hindasi",
        r"mis (?:läks|toimis) hästi",
        r"parandus|paranda",
        r"järeldus|soovitus",
        weight=9,
    ),
    "projektiaruanne": _words(
        r"projekti? ?\w{0,14} ?(?:l[õo]pp)?aruan|l[õo]pparuan|vahearuan|katse(?:projekti)? aruan|projektiaruan",
        r"projekti (?:\w+ ){0,3}(?:lõpp|vahe|sisu)?aruanne|projektiaruanne|lõpparuanne|vahearuanne|"
        r"pilootprojekt\w* (?:\w+ )?(?:aruanne|kokkuvõte)|katse(?:projekti)? (?:\w+ )?aruanne",
        r"projekti",
        r"tulemus",
        r"kulud|eelarve",
        r"periood|kestus",
        weight=10,
    ),
    "naitelugu": _words(
        r"n[äa]ite(?:lugu|lood)|hea n[äa]i|head n[äa]it|edulu|n[äa]ide\b|parim praktika|good practice",
        r"näitelugu|hea näide|head näited|heade näidete|edulugu|parim praktika|^kuidas (?:sündis|me |"
        r"valmis|tegime|saime)|good practice",
        r"mida (?:me )?õppisime|õppetun",
        r"mis (?:oli )?mure|lähteolukord|lahendus",
        r"soovitus teistele|mida soovitame",
        weight=9,
    ),
    "video": _words(r"\bvideo|salvestis|film\b|\bklipp", r"^video\b", weight=5),
    "kogukonna_kinnitus": _words(
        r"(?:kogukon|selts|k[üu]la|k[üu]lavanem|[üu]hing|mt[üu]|esindaja|kogu|klubi)\w*.*kinnitu|"
        r"kinnitu\w*.*(?:selts|k[üu]la|kogu|[üu]hing|mt[üu]|klubi|ala)|kinnituskir|^kinnitus",
        r"(?<!võrgustiku )\bkinnitus\b|kinnituskiri",
        r"külaselts|mtü\b|kogukond|külavanem|seltsi|ühing",
        r"kinnita(?:n|me)\b",
        r"esindaja",
        r"meie (?:küla|kogukon|selts)",
        r"ettepanek|vastus",
        weight=8,
    ),
    "vorgustiku_kinnitus": _words(
        r"v[õo]rgustik\w*.*kinnit|kinnit\w*.*v[õo]rgusti|v[õo]rgustik",
        r"võrgustiku kinnitus|eestvedajate võrgustik",
        r"võrgustik",
        r"kinnita(?:n|me)\b|kinnitus",
        r"kohtumi",
        r"osales|osaleb",
        weight=10,
    ),
    "intervjuu_markmed": _words(
        r"intervju|vestluse m[äa]rkmed|k[üu]lask[äa]igu m[äa]rkm",
        r"intervjuu|vestluse märkmed|paikvaatluse märkmed",
        r"hindaja",
        r"intervjueeri|küsija",
        r"vastas|vastus|ütles",
        weight=10,
    ),
    "e_kiri": _words(
        r"e-?kiri|meil\b|meilivahetus|kirjavahetus|\bre |\bfw |\bfwd |\bvs ",
        r"^(?:saatja|from|kellelt):? |^(?:e-kiri|kirjavahetus)",
        r"^(?:saaja|to|kellele):? ",
        r"^(?:teema|subject|pealkiri):? ",
        r"^(?:saadetud|sent|kuupäev|date):? ",
        weight=9,
    ),
    "foto": _words(r"foto|\bpilt|pildid|\bimg \d|\bdsc", r"^foto\b", weight=4),
    "ekraanitommis": _words(
        r"ekraan|screen ?shot|kuvat[õo]m|\bsnip|screen capture|kuvapaug",
        r"ekraanitõmmis|ekraanipilt|kuvatõmmis",
        weight=6,
    ),
}
