/** What may be the name of a person, by its form alone. */

/** No name of a person has such a word: desks, agencies, papers, makers of sites, places, what links say. */
const NO_PERSON = new RegExp(
  String.raw`(?:^(?:o|os|as|de|het|een)(?=\s)|(?<=^|[\s-])(?:the|le|la|les|l['’]\p{L}+|der|die|das|el|los|las|il|lo|our|and|by|of|or|follow|more|all|about|view|see|read|contact` +
    String.raw`|\p{L}*(?:redak|redatt|redac|rédac|redaç|redaz|edit|admin|correspond|corrisp|report|journalis|periodis|zeitung|nachricht|notic|notiz|agen[ct]|agênc|agenz|press|newsw|stampa|редакц|новост|корреспон|пресс|служб|портал)\p{L}*` +
    String.raw`|staff|desk|team|equip[eo]|conteúdo|news|newsroom|combined|wires?|user|guest|bot|authors?|autore?n?|writers?|contributors?|columnist|media|times|today|matin|риа|posts?|stories|daily|journal|gazette|tribune|herald|magazine|star|sun|mail|express|observer|chronicle|courier|mirror|echo|standard|globe|dispatch|bulletin|valley|independent|\p{L}*газет\p{L}*|folha|jornal|correio|gazeta|tribuna|voz|diario|diário|courrier|dépêche|écho|voix|kurier|rundschau|allgemeine|\p{L}*(?:blatt|krant|dagblad|anzeiger|bote)|giornale|corriere|gazzetta|messaggero|nieuws|holdings?|online|digital|web\p{L}*|photo\p{L}*|video|tv|radio|blog` +
    String.raw`|studios?|design|themes?|gmbh|inc|ltd|group|network|services?|office|ufficio|bureau|university|institute|foundation|ministry|association|committee|partners?|bank|police|polizei|polic[ií]a|polizia|brand|sponsored|content|reuters|afp|dpa|xinhua` +
    String.raw`|san|santa|saint|sankt|bad|new|nueva|porto?|puerto|lake|river|mount|north|south|east|west|city|town|street|public|popular|local|central|national|international|world|land|numbers?` +
    String.raw`|هيئة|التحرير|تحرير|محرر|مراسل|وكالات|وكالة|صحيفة|شبكة|موقع|نيوز|نت|فريق|قسم)(?=[\s-]|$))` +
    String.raw`|[社署週报報网網部室组組班讯訊台臺编編辑輯者员員团團局院会會摄攝区區县縣厅廳校刊奖獎办辦榜馆館站店版]$|^(?:[华華]盛[頓顿]|[温溫]哥[华華]|[马馬]尼拉|[马馬]德里|莫斯科|安卡拉|王府井|黄金周|黃金週|彭博)$|[周週]刊|本[报報站刊]|匿名|[综綜]合|[转轉][载載]|[网網][络絡]|[来來]源|新[闻聞]|官方|管理|[报報][道導]|通信|投稿|会見|中心|媒体|平台|公司|[频頻]道`,
  'iu',
)

/** Two words that touch are none: `KestrelPolitics`; `McElroy` and `DeRosa` are. */
const WORD = String.raw`(?!(?!Fitz)\p{Lu}\p{Ll}{3,}\p{Lu})\p{Lu}(?:\.|[\p{L}\p{M}'’-]*)`
const PARTICLES = String.raw`(?:(?:de|del|della|di|da|dos|das|do|la|van|von|der|den|ter|zu|af|al|bin|ibn)\s){0,2}`
/** `Anna Kestrel`, `J. P. Kestrel`, `Anna (A.J.) Kestrel`, `Ana del Río`; with fewer words it may be an account, with more there is a role behind it. */
const NAME = new RegExp(
  String.raw`^(?:${WORD}(?:\s\((?:\p{Lu}\.)+\))?(?:\s${PARTICLES}${WORD}){1,2}(?<=\p{L}{2})|\p{Script=Arabic}{2,}(?:\s\p{Script=Arabic}{2,}){1,3})$`,
  'u',
)
const SURNAME =
  /^[王李张張刘劉陈陳杨楊赵趙黄黃周吴吳徐孙孫胡朱林何郭马馬罗羅梁宋郑鄭谢謝韩韓唐冯馮董萧蕭程曹袁邓鄧许許傅沈曾彭吕呂苏蘇卢盧蒋蔣蔡贾賈丁魏薛叶葉阎閻余潘杜戴夏钟鍾汪姜范范谭譚廖邹鄒熊陆陸郝孔崔康邱秦江顾顧侯邵孟龙龍段钱錢汤湯尹黎易武乔喬贺賀赖賴龚龔庞龐樊兰蘭殷施陶洪翟颜顏倪严嚴温溫芦季俞章鲁魯葛韦韋毕畢聂聶焦柳邢岳齐齊梅莫庄莊辛管祝涂谷祁舒耿牟詹苗凌费費纪紀靳盛童欧歐项項曲游裴席卫衛屈鲍鮑覃霍翁隋植甘薄柯阮桂闵柴车車边邊辜饶饒刁戚丘滕晋苑臧嵇巫卓]\p{Script=Han}{1,2}$/u
/** What begins few words with a whole name behind it, or is of two letters. */
const RARER_SURNAME =
  /^(?:[肖任姚付闫閆冉骆駱缪繆褚娄婁窦竇岑晏瞿佟邬鄔卞姬栾欒甄虞敖巩鞏佘邝鄺]\p{Script=Han}{2}|(?:欧阳|歐陽|司马|司馬|上官|诸葛|諸葛|司徒|皇甫|慕容|夏侯)\p{Script=Han}{1,2})$/u
/** What begins many words: `高`, `方`. */
const WORD_OR_SURNAME =
  /^[高田于金石方白雷史毛万萬向常文牛安伍申左包宁寧尚符单單蓝藍路蒙华華喻蒲房艾尤穆古吉简簡麦麥景宫宮卜冷柏宗应應苟商沙荣榮寇桑郎丛叢仲池迟遲]\p{Script=Han}{2}$/u
/** `安娜·科斯`. */
const DOTTED = /^[\p{Script=Han}\p{Script=Katakana}ー]{1,8}(?:[·・][\p{Script=Han}\p{Script=Katakana}ー]{1,8}){1,2}$/u
/** `佐藤花子`, `佐藤 花子`, `佐藤はな`. */
const JAPANESE =
  /^\p{Script=Han}{1,3}(?:\s\p{Script=Han}{1,3}|\s?\p{Script=Hiragana}{2,3}|(?<=^..)\p{Script=Han}{1,2})$/u
/** Of three syllables, as nearly all are, and no desk's. */
export const KOREAN =
  '[김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민나진지엄채원천방공현함변염여추도소석선설마길연위표명기반왕금옥육인맹제모탁국][가-힣]{2}(?<![부팀국실])'
const KOREAN_NAME = new RegExp(`^${KOREAN}$`)

/** What places and days end with; names do as well, but few. */
const PLACE = /[市镇鎮村州港街墙牆铺鋪庄莊界节節]$/

export const isPlaceName = (name: string): boolean => PLACE.test(name)

/** True for what is a name though nothing says so: it begins with a surname with which few words do. */
export const isCommonName = (name: string): boolean =>
  [SURNAME, RARER_SURNAME].some((form) => form.test(name)) && !NO_PERSON.test(name) && !isPlaceName(name)

/** True for what has the form of a person's name and says nothing else. */
export function isPersonName(name: string, isJapanese: boolean): boolean {
  const forms = [NAME, SURNAME, RARER_SURNAME, WORD_OR_SURNAME, DOTTED, KOREAN_NAME, ...(isJapanese ? [JAPANESE] : [])]
  return forms.some((form) => form.test(name)) && !NO_PERSON.test(name)
}
