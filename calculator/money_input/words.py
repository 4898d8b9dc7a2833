"""What the words and signs around an amount mean, in the languages that people type their pay in.

Each table holds a meaning and its words, which a blank separates; an underscore is a blank in a phrase. Accents,
capital letters and dots do not matter: `Kč` is `kc`, `p.a.` is `p_a`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from itertools import chain

from babel import Locale

from calculator.money_input.plain_text import write_plainly


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """How often pay is paid: its name in a query and on a page, how many there are in a year."""

    name: str
    label: str
    times_a_year: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A word for a number. `currencies` are those that it is used with, where it means another number with others.

    Money without a sign is one of the currencies `at_home`. `other_worth` is a second number that it may mean, 0 for
    none. After a unit of China, Japan and Korea a comma before three digits always groups.
    """

    worth: int
    other_worth: int = 0
    currencies: frozenset[str] = frozenset()
    at_home: frozenset[str] = frozenset()
    has_grouping_comma: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """A sign, a code or a name of money, and the currencies that it may mean."""

    currencies: frozenset[str]


class Note(Enum):
    """Words that say something about an amount."""

    PER = auto()  # comes before a period
    GROSS = auto()  # says what is expected anyway
    NET = auto()
    ABOUT = auto()
    BREAK = auto()  # parts one thing from the next
    RANGE = auto()  # belongs to two amounts
    TIMES = auto()
    EXTRA = auto()  # says that an amount comes on top of pay
    TOTAL = auto()  # says that an amount holds what comes on top


type Meaning = Period | Unit | Sign | Note

YEAR = Period(name="year", label="a year", times_a_year=1)
MONTH = Period(name="month", label="a month", times_a_year=12)
WEEK = Period(name="week", label="a week", times_a_year=52)
DAY = Period(name="day", label="a day", times_a_year=220)
HOUR = Period(name="hour", label="an hour", times_a_year=2_080)

_PERIODS = {
    YEAR: """
        year years yearly yr yrs /_y annum annual annually annualised annualized pa p_a p_/_a jahr jahre jährlich
        jaehrlich jahresgehalt jahresbrutto bruttojahresgehalt jahresbruttogehalt par_an pe_an /_an l_an année annuel
        l_année annuelle annuels annuelles año años anual anuales anualmente anuais anno annuo annua annui annue annuale
        all_anno ral jaar jr jaarlijks jaarsalaris år året årlig årligt årligen årslön årsløn årslønn vuosi vuodessa
        /_v rok roku rocznie roczne ročně roční ročne év évente éves год года году годовых годовой рік року річно
        річних годишно ετησίως ετήσια έτος χρόνο 年 年間 每年 年収 年俸 年薪 年給 연 년 연간 연봉 yıl yıllık yılda
        yillik senelik tahun setahun năm ปี سنة سنويا سنوي سنويًا بالسنة שנה לשנה בשנה שנתי वर्ष साल सालाना वार्षिक
        বছর বছরে
    """,
    MONTH: """
        month months monthly mo mos mth mnth /_m pm p_m p_/_m pcm p_c_m monat monate monatlich mtl monatsgehalt
        monatsbrutto bruttomonatsgehalt mon mois le_mois mensuel mensuelle mensuels mensuelles mes meses mensual
        mensuales mensualmente mês mensal mensais mese mensile mensili maand maandelijks mån månad månaden
        månadslön md mdr mnd mán mánuði måned måneden månedlig månedligt månedsløn månedslønn
        /_kk kuukausi kuussa kuukaudessa mies miesiąc
        miesiąca miesięcznie miesięczne miesięcznego mc msc měs měsíc měsíčně měsíční mesiac mesačne mjesec mjesečno
        mesečno mesec hó hónap havi havonta lună lunar lunare мес месяц месяца месяцу ежемесячно міс місяць місяця
        щомісяця щомісячно месец месечно μήνα μήνας μηνιαίως μηνιαία 月 月給 月収 月額 月薪 每月 一个月 월 월급 월급여
        매월 ay aylık aylik ayda bulan sebulan bln tháng /_th เดือน เงินเดือน شهر شهريا شهري شهريًا الشهر بالشهر חודש
        לחודש בחודש חודשי महीना महीने माह मासिक মাস মাসে
    """,
    WEEK: """
        week weeks weekly wk pw p_w p_/_w woche wöchentlich semaine la_semaine semana settimana vecka veckan uge ugen
        uke uken tydzień tygodniowo týden týdně неделю неделя тиждень 週 周 주 주급 週給 hafta haftalık minggu tuần
    """,
    DAY: """
        day days daily /_d pd p_d p_/_d day_rate per_diem tag tage täglich tagessatz jour le_jour journée
        la_journée journalier tjm taux_journalier día dia diario giorno dag dzień dziennie den denně день на_день nap
        napi 日 日給 日薪 每天 天
        일 일급 일당 gün günlük hari ngày
    """,
    HOUR: """
        hour hours hourly hr hrs /_h ph p_h p_/_h stunde stunden std stündlich stundenlohn stundensatz heure
        de_l_heure l_heure all_ora horaire hora ora uur tim timme timmen timen godz godzina godzinę godzinowo hod hodina
        hodinu hodinově óra óránként óradíj час часа годину 時 時給 时 小时 時薪 时薪 시간 시급 saat saatlik jam giờ
        ชั่วโมง
    """,
}

_RUPEES = "INR PKR LKR NPR BDT MVR MUR SCR"
#: Where Spanish and Portuguese are spoken and money is neither euros nor dollars: “mil” is a thousand there.
_MIL = "BRL MXN ARS CLP COP UYU PEN BOB PYG CRC GTQ DOP VES AOA MZN CVE"
MIL_CURRENCIES = frozenset(_MIL.split())
MIL = Unit(worth=1_000, currencies=MIL_CURRENCIES | {"EUR", "USD"})
_TEN_THOUSAND = Unit(worth=10_000, has_grouping_comma=True)
_UNITS = {
    Unit(worth=1_000): """
        k к t thousand thousands grand tsd tausend mila mille duizend tuhat tonnia tis tisíc tys tysiąc tysiące
        tysięcy tusen tusind ezer mii de_mii тыс тысяч тысячи тысяча тис тисяч тисячі хил хиляди χιλ χιλιάδες bin ribu
        rb nghìn ngàn tuhatta tuh tuhande tūkst tūkstančių tūkstančiai tūkstoši tūkstošu hilj hiljada tisuća tisuč þús
        þúsund milers хиљ хиљада илјади тыщ ათასი ათ հազար мың ming mijë duisend elfu tisoč мянга ହଜାର ألف الف آلاف
        هزار אלף พัน हज़ार हजार হাজার হা હજાર ਹਜ਼ਾਰ ஆயிரம் వేలు వేల ಸಾವಿರ ആയിരം දහස ពាន់ ພັນ
    """,
    MIL: "mil",
    # A thousand in Spain and Brazil, a million in Prague and Bucharest.
    Unit(worth=1_000, other_worth=1_000_000): "mil.",
    Unit(worth=1_000, has_grouping_comma=True): "千 천",
    _TEN_THOUSAND: "万 萬 만",
    Unit(worth=10_000): "หมื่น",
    Unit(worth=100_000, at_home=frozenset(_RUPEES.split())): "lac lacs lakh lakhs",
    Unit(worth=100_000): "लाख लाखों লাখ લાખ ਲੱਖ லட்சம் లక్ష లక్షలు ಲಕ್ಷ ലക്ഷം ලක්ෂ แสน",
    Unit(worth=100_000, currencies=frozenset(_RUPEES.split())): "l",
    Unit(worth=1_000_000): """
        m mn mln mio million millions millionen mill milj miljoen miljoner miljon miljoonaa millones millón milhão
        milhões milioni milione milion miliony milionów milionů millió milyon milioane млн миллион миллиона миллионов
        мільйон мільйони мільйонів милиона milijuna miliona milióna miliónov milijone milijonov milijona milijono
        milijonų miljonit miljoni miljonu milions millóns milljónir millioner millionar милиони εκ εκατομμύρια მლნ
        მილიონი մլն միլիոն juta ล้าน مليون ميليون میلیون מיליון លាន ລ້ານ
    """,
    Unit(worth=1_000_000, has_grouping_comma=True): "百万 百萬 백만",
    Unit(worth=10_000_000, at_home=frozenset(_RUPEES.split())): "cr crore crores",
    Unit(worth=10_000_000): "करोड़ कोटी कोटि কোটি કરોડ ਕਰੋੜ கோடி కోటి ಕೋಟಿ കോടി",
    Unit(worth=10_000_000, has_grouping_comma=True): "千万 千萬 천만",
    Unit(worth=100_000_000, has_grouping_comma=True): "億 亿 억",
}
#: Words that mean two things at once.
_COMPOSITES: dict[str, tuple[Meaning, ...]] = {
    # Without the money of Japan, "man" is a month in Sweden.
    "man yen": (_TEN_THOUSAND, Sign(currencies=frozenset(["JPY"]))),
    "man en": (_TEN_THOUSAND, Sign(currencies=frozenset(["JPY"]))),
    "man jpy": (_TEN_THOUSAND, Sign(currencies=frozenset(["JPY"]))),
    "т р": (Unit(worth=1_000), Sign(currencies=frozenset(["RUB"]))),
    "lpa": (Unit(worth=100_000, at_home=frozenset(_RUPEES.split())), YEAR),
    "jt": (Unit(worth=1_000_000), Sign(currencies=frozenset(["IDR"]))),
    "triệu": (Unit(worth=1_000_000), Sign(currencies=frozenset(["VND"]))),
    "tr": (Unit(worth=1_000_000), Sign(currencies=frozenset(["VND"]))),
    "tỷ": (Unit(worth=1_000_000_000), Sign(currencies=frozenset(["VND"]))),
    "w": (Unit(worth=10_000), Sign(currencies=frozenset(["CNY"]))),
}

_SIGNS = {
    "USD CAD AUD NZD SGD HKD TWD MXN ARS CLP COP UYU XCD BBD BZD FJD GYD JMD LRD NAD SBD SRD TTD BND": """
        $ dollar dollars dolar dolary dolarów dolarů dólar dólares dollari доллар доллара долларов долар долари
        доларів ドル 달러 đô
    """,
    "USD": "us_$ $_us u_$_s u_$ щ_д us_dollar us_dollars american_dollars 美元 美金 米ドル",
    "AUD": "a_$ au_$ $_au australian_dollars",
    "CAD": "c_$ ca_$ $_ca $_can cdn_$ cdn can_$ canadian_dollars",
    "NZD": "nz_$",
    "SGD": "s_$ sg_$",
    "HKD": "hk_$ 港元 港币 港幣",
    "TWD": "nt_$ ntd 台幣 台币 新台幣",
    "MXN": "mx_$ mex_$",
    "BRL": "r_$ real reais de_reais",
    "MXN ARS CLP COP PHP UYU DOP CUP": "peso pesos de_pesos",
    "EUR": """
        € euro euros de_euros d_euros di_euro eura eurot eurů euroa euroja евро євро ευρώ يورو יורו ユーロ 유로 欧元
        歐元 ยูโร यूरो
    """,
    "GBP EGP LBP": "£ pound pounds",
    "GBP": "quid sterling pound_sterling pounds_sterling",
    "EGP": "le e_£ جنيه ج_م",
    "JPY CNY": "¥",
    "JPY": "yen 円 jp_¥ 日元 日圓",
    "CNY": "rmb yuan cn_¥ 人民币 人民幣",
    "CNY TWD": "元 块",
    "INR": "₹ रु रुपया रुपये रुपए",
    "INR PKR LKR NPR MUR SCR": "rs rupee rupees",
    "BDT": "৳ taka tk টাকা",
    "RUB": "₽ руб рубль рубля рублей р roubles rubles",
    "UAH": "₴ грн гривня гривні гривень hryvnia",
    "TRY": "₺ tl lira liras lirası",
    "KRW": "₩ won 원",
    "ILS": "₪ nis shekel shekels ש_ח שקל שקלים",
    "VND": "₫ đ vnđ đồng dong",
    "PHP": "₱ p",
    "THB": "฿ baht บาท",
    "NGN": "₦ naira",
    "GHS": "₵ gh_₵ cedi cedis",
    "KES TZS UGX": "shilling shillings sh shs",
    "KES": "ksh kshs",
    "TZS": "tsh tshs",
    "UGX": "ush ushs",
    "PLN": "zł złoty złote złotych zlotych zloty zlotys",
    "CZK": "kč korun koruna koruny",
    "HUF": "ft forint forints forintot",
    "RON MDL": "leu lei de_lei",
    "SEK NOK DKK ISK CZK": "kr krona kronor krone kroner krónur crowns",
    "SEK": "skr",
    "DKK": "dkr",
    "NOK": "nkr",
    "BGN": "лв лев лева",
    "CHF": "fr frs sfr franken franchi",
    "CHF XOF XAF": "franc francs",
    "ZAR": "r rand rands",
    "IDR": "rp rupiah",
    "MYR": "rm ringgit",
    "AED": "dh dhs د_إ",
    "AED MAD": "dirham dirhams درهم",
    "SAR": "sr ر_س",
    "SAR QAR OMR YER IRR": "riyal riyals rial rials ريال",
    "KWD": "kd د_ك",
    "JOD": "jd",
    "BHD": "bd",
    "PEN": "s_/ soles",
    "UZS": "сум сўм so_m",
    "RSD": "din",
    "KWD BHD JOD RSD TND DZD IQD LYD MKD": "dinar dinars دينار",
    "KZT": "₸ тенге тг tenge",
    "GEL": "₾ lari",
    "AMD": "֏ dram դրամ",
    "AZN": "₼ manat",
    "LAK": "₭ kip",
    "MNT": "₮ tugrik",
    "CRC": "₡",
    "PYG": "₲",
    "KHR": "៛ riel",
    "AFN": "؋",
}

_NOTES = {
    Note.PER: """
        per pr a an each every / pro par por al ao je pe na za om el il v ve в на за по mot प्रति ต่อ setiap una un
    """,
    Note.GROSS: """
        base basic gross brutto bruto brut brute bruts brutes brutos bruta lordo lordi lorda lorde hrubého hrubá hrubý
        before_tax before_taxes before_deductions pre_tax pretax avant_impôt avant_impôts vor_steuern vor_steuer
        antes_de_impuestos antes_de_impostos före_skatt før_skat før_skatt voor_belasting до_вычета_налогов до_вычета
        до_налогов гросс брутто ברוטו إجمالي μικτά μεικτά 額面 税前 稅前 税込 세전 gross_pay kotor gộp base_pay
        base_salary salary pay wage wages income ctc cost_to_company fixed fix gehalt lohn salaire salario sueldo
        stipendio salaris loon lön løn lønn palkka płaca pensja wynagrodzenie plat mzda fizetés bér salariu зарплата
        оклад зарплатня заплата maaş maas gaji lương راتب משכורת वेतन 給与 給料 工资 薪资 급여 i im i_m earn make get
        my is am the der die den_del το τον +_bonus plus_bonus and_bonus +_equity plus_equity +_benefits plus_benefits
        +_stock +_rsu +_rsus +_options outside_ir_35 inside_ir_35 ir_35
    """,
    Note.NET: """
        net netto nets nette nettes netta netti nete neto netos netas netos líquido líquidos líquida líquidas
        after_tax after_taxes post_tax take_home takehome take_home_pay in_hand inhand en_mano nach_steuern
        après_impôt après_impôts na_rękę do_ręki čistého čistá čistý efter_skatt efter_skat etter_skatt käteen на_руки
        чистыми чистых чистими чистый нетто нето 手取り 手取 税后 稅後 到手 세후 실수령 실수령액 bersih thực_nhận
        สุทธิ καθαρά صافي נטו
    """,
    Note.ABOUT: """
        about around approx approximately circa ca roughly ~ ≈ ≃ ≅ etwa ungefähr rund environ aproximadamente cerca_de
        około ungefär omkring noin kolem asi около примерно приблизно περίπου 約 约 약
    """,
    Note.BREAK: "- + ( [ , ; |",
    Note.RANGE: """
        to bis til till tot até hasta až azi do до from between and or oder und ou y e zwischen entre von od от da de
        〜 から 至 到
    """,
    Note.TIMES: "x × *",
    Note.EXTRA: "% bonus bonuses equity stock rsu rsus options benefits commission sign_on signing_bonus",
    Note.TOTAL: "tc total_comp total_compensation total_pay ote on_target_earnings",
}


def _list_phrases() -> Iterator[tuple[str, tuple[Meaning, ...]]]:
    """All words and phrases. A later one replaces an earlier one: a word of a table beats a currency's code."""
    for code in map(str, Locale("en").currencies):
        yield code, (Sign(currencies=frozenset([code])),)
    signs = {Sign(currencies=frozenset(codes.split())): words for codes, words in _SIGNS.items()}
    for meaning, words in chain[tuple[Meaning, str]](_PERIODS.items(), _UNITS.items(), signs.items(), _NOTES.items()):
        for word in words.split():
            yield word.replace("_", " "), (meaning,)
    yield from _COMPOSITES.items()


#: What each word or phrase means, written plainly.
VOCABULARY: Mapping[str, tuple[Meaning, ...]] = {write_plainly(phrase): meaning for phrase, meaning in _list_phrases()}
MAX_PHRASE_WORDS = max(phrase.count(" ") for phrase in VOCABULARY) + 1
