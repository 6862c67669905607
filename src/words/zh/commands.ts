export const OF_COMMANDS: Readonly<Record<string, string>> = {
  'whoever has this address can read the archive: it holds a token': '谁有这个网址，谁就能读这份归档：其中有令牌',
  'Ctrl-C ends': '按 Ctrl-C 结束',
  'backfill needs addresses (as arguments, by --file, or - for standard input), days (--from), WARC files (--warc FILE), or --media for what is archived':
    'backfill 需要网址（作参数、用 --file，或用 - 从标准输入读取）、日期（--from）、WARC 文件（--warc FILE），或用 --media 取已归档新闻的图片',
  '{0} stories are left out by exclude': '{0} 篇因 exclude 略过',
  '--from json gives the document alone, not --format {0}': '--from json 只能输出文件本身，不能用 --format {0}',
  'convert needs the address of the page: --url https://…/storyYYYYMMDD-NUMBER':
    'convert 需要网页的地址：--url https://…/storyYYYYMMDD-NUMBER',
  '"{0}" was given with credentials, which all readers would have': '“{0}”带有登录信息，所有读者都会得到',
  '"{0}" is no address that begins with http:// or https://': '“{0}”不是以 http:// 或 https:// 开头的网址',
  '{0}: it is read without one': '{0}：不按版式读取',
  'the page ends before its end: it may be cut off': '页面没有结尾，可能被截断',
  'published {0}': '发布于 {0}',
  'no update': '没有更新时间',
  'updated {0}': '更新于 {0}',
  '{0} bylines': '作者 {0} 位',
  '{0} keywords': '关键词 {0} 个',
  '{0} paragraphs': '段落 {0} 个',
  'no article in this page ({0}): {1}': '这个页面里没有新闻（{0}）：{1}',
  'the page has {0}, the Markdown {1}': '页面为 {0}，Markdown 为 {1}',
  'the archive is in {0}; the demo again finds nothing new, search and serve read it:':
    '归档在 {0}；再运行一次 demo 就没有新内容了，search 和 serve 可以读它：',
  '{0} is no day and no month; write YYYY-MM-DD or YYYY-MM': '{0} 不是日期或月份；请写成 YYYY-MM-DD 或 YYYY-MM',
  '--since {0} lies after --until {1}': '--since {0} 晚于 --until {1}',
  'passed over: {0}': '略过：{0}',
  '{0} items left out for want of an address': '{0} 个条目没有网址，已略过',
  'the first of them "{0}"': '第一个是“{0}”',
  '{0} feeds have no lists of their days': '{0} 个订阅源没有按日的列表',
  '{0}: name their stories by their addresses, captures by --warc FILE, or the sections of a paper by --section':
    '{0}：请写出新闻的网址，用 --warc FILE 指定抓取存档，或用 --section 指定某家媒体的栏目',
  '{0}: their stories are named by their addresses, or had from captures (--warc FILE)':
    '{0}：那里的新闻要写网址，或从抓取存档取（--warc FILE）',
  '{0} moved for good to {1}; change the configuration': '{0} 已永久迁到 {1}；请修改配置',
  'is no Markdown file': '不是 Markdown 文件',
  'moved back by 8 hours, since the comment is of the day in the address on that clock alone':
    '往回移 8 小时：只有这样，注释才与网址中的日期是同一天',
  'moved back by 8 hours, since the comment lies ahead of the date': '往回移 8 小时：注释晚于 date',
  'moved back by 8 hours, since those nearest in time were 8 hours ahead': '往回移 8 小时：时间相近的文件都快了 8 小时',
  'taken from the comment, since the date is that of a run': '取自注释：date 是抓取的时间',
  'left alone: {0}': '未动：{0}',
  '{0} times {1}': '{0} 个时间{1}',
  '{0} files': '{0} 个文件',
  '{0} former texts': '旧文 {0} 份',
  '{0} duplicates': '重复 {0} 份',
  '{0} times put right': '改正时间 {0} 个',
  '{0} foreign files left alone': '未动的外来文件 {0} 个',
  '{0}, {1}: {2} written, {3} revised, {4} unchanged; {5}, {6}, {7}, {8}':
    '{0}，{1}：写入 {2} 篇，改写 {3} 篇，未变 {4} 篇；{5}，{6}，{7}，{8}',
  '{0} (dry run: nothing was written)': '{0}（试运行：什么也没有写）',
  '{0} is there already; --force overwrites it': '{0} 已经存在；--force 可覆盖',
  '{0} is there with another "{1}" than --{2}; change it there, or overwrite the file with --force':
    '{0} 已经存在，其中的 "{1}" 与 --{2} 不同；请在文件里改，或用 --force 覆盖文件',
  '{0} is there and stays as it is': '{0} 已经存在，保持不变',
  'wrote {0}': '已写入 {0}',
  'say there how the site reaches you ("contact"), or write it by init --force --contact you@example.org':
    '请在其中填写网站怎样与你联系（"contact"），或运行 init --force --contact you@example.org',
  '"recheck": "24h" in {0} finds edits of a text whose headline stays, for a request a story and run':
    '在 {0} 中设 "recheck": "24h"，可以发现只改正文不改标题的改动；代价是每次运行对每篇请求一次',
  'this copy belongs to npx: npm install --global zaobao-archiver, then init again':
    '这份程序在 npx 的缓存里：请先 npm install --global zaobao-archiver，再运行 init',
  'next: {0}': '下一步：{0}',
  'add the line above by crontab -e': '用 crontab -e 加入上面一行',
  'without it the timer stands still while you are not logged in': '不这样做，你没有登录时定时器不会运行',
  'GitHub looks for workflows in the root of a repository alone: run init in {0}, and name the archive by --archive':
    'GitHub 只在仓库的根文件夹里找工作流：请在 {0} 运行 init，并用 --archive 指定归档',
  'a workflow has its archive in the repository; name a folder of it': '工作流的归档在仓库之内；请指定其中的文件夹',
  'commit the files and push; the workflow needs leave to write contents':
    '提交这些文件并推送；工作流需要写入内容的权限',
  'until {0} {1} is on the registry, pack it and commit the file too:': '{0} {1} 发布之前，请打包并把包文件一并提交：',
  '--url is for a file or standard input': '--url 只用于文件或标准输入',
  'write the address that it was read from': '请写读取它的地址',
  'it names no item': '里面没有条目',
  'the server says 304 unasked': '没有带校验信息，服务器却回答 304',
  'there is no archive at {0}; fetch makes one, --archive names another':
    '{0} 处没有归档；fetch 会新建，--archive 可指定别处',
  "the paper's pages look new since {0}: stories are read without a layout, see fetch":
    '报纸的页面自 {0} 起像是换了新版式：新闻不按版式读取，见 fetch',
  '{0}, older than {1}': '{0}，已超过 {1}',
  'there is no story': '没有新闻',
  'the newest story is of {0}': '最新的新闻是 {0}',
  'no story in the last {0} days that have any': '在有新闻的最近 {0} 天里没有新闻',
  'notes, which ask for nothing:': '提示（无需处理）：',
  '{0} holds no stories': '{0} 里没有新闻',
  '{0} mended': '修好 {0} 处',
  'nothing wrong': '没有问题',
  '{0} problems': '{0} 个问题',
  '{0} notes': '{0} 条提示',
  'a link or the like stands at the name of a day': '日期的名下是链接之类，不是文件夹',
  'a former text, as where a backup came back; {0}': '是从前的文字，如恢复备份之后；{0}',
  'the journal names it; fetch has it again, exclude leaves it out':
    '日志里有，文件不在了；fetch 会重新取回，不要的请写进 exclude',
  'the journal names it, and fetch gave it up: {0}; a backup may have it, exclude leaves it out':
    '日志里有，文件不在了，fetch 已不再尝试（{0}）；备份里也许有，不要的请写进 exclude',
  'text, headline and time are those of {0}': '正文、标题和时间与 {0} 相同',
  'the text is that of {0}': '正文与 {0} 相同',
  'the captures tell of {0} stories': '这些存档里有 {0} 篇新闻',
  "the captures tell of no story that is asked for; of a paper that is not known, its feed or its stories' addresses are named":
    '这些存档里没有所要的新闻；不认得的媒体，要写明它的订阅源或新闻的网址',
  'the captures tell of no story of these days; where an address names no day, it is that of its first capture':
    '这些存档里没有这些日子的新闻；网址里没有日期的，按第一次存下的日子算',
  'the files of a folder are named: --warc {0}/*.warc.gz': '文件夹里的文件要写出来：--warc {0}/*.warc.gz',
  '--warc: {0} is no file; captures are read from files, or kept in a folder, not both':
    '--warc：{0} 不是文件；要么从文件读，要么存到文件夹，不能两样都要',
  '{0}; it is a file: --file {1} reads a list': '{0}；它是文件：--file {1} 可读名单',
  'backfill with such an address asks for it again': '用 backfill 加上这样的网址，就会再取一次',
  '{0} captures repeat answers that are in none of the files': '{0} 条捕获重复的应答不在任何给出的文件里',
  '{0} files, {1} written, {2} removed': '{0} 个文件，写入 {1} 个，删除 {2} 个',
  '--revisions goes with NDJSON alone, not with --format {0}': '--revisions 只能用于 NDJSON，不能用于 --format {0}',
  '--self goes with --format atom or json-feed': '--self 只能与 --format atom 或 json-feed 一起用',
  'a book is not for a terminal; write --output FILE, or lead it into a file':
    '电子书不能输出到终端；请写 --output FILE，或者重定向到文件',
  'the query is searched as plain text: {0}': '按普通文字搜索：{0}',
  '{0}, the best {1} of them shown': '{0}，列出最符合的 {1} 篇',
  '{0}, the newest {1} of them shown': '{0}，列出最新的 {1} 篇',
  'no section and no path that is known is called "{0}"; sections are {1}': '没有叫“{0}”的已知栏目或路径；栏目有 {1}',
  'no paper that is known is called "{0}"; papers are {1}': '没有叫“{0}”的已知媒体；媒体有 {1}',
  '{0}: {1} is no address of the web; left out': '{0}：{1} 不是网址，已略过',
  '{0} is no OPML list of feeds': '{0} 不是 OPML 订阅列表',
  '{0} stories wait whose pages nothing can read': '{0} 篇待重试，其页面读不出来',
  'its story has another text, which stands; this one is kept in {0}':
    '这条报道已有另一份文字，以它为准；这一份留在 {0}',
  '{0}; the next run that writes sets it aside': '{0}；下一次写入的运行会把它移到一边',
  'the file of a story, where none is looked for; --fix moves it to its day':
    '新闻的文件放在了不会去找的地方；--fix 会把它移到它的日期',
  default: '默认',
  'a WARC file; backfill --warc reads it': 'WARC 文件；用 backfill --warc 读',
}
