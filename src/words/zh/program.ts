export const OF_PROGRAM: Readonly<Record<string, string>> = {
  'a local web page to browse, read and compare what is archived; prints its address':
    '在本机网页上浏览、阅读、比较归档的内容；打印其网址',
  'where it listens; 0: any port that is free (default: 9226)': '监听的端口；0 表示任选空闲的（默认：9226）',
  'ended by Ctrl-C (143: terminated)': '用 Ctrl-C 结束（143：被终止）',
  'an address of this machine at which others may read, too, with the token that is printed':
    '本机的一个地址，凭打印出的令牌，别的机器也能阅读',
  '--port: "{0}": write a number up to {1}': '--port：“{0}”：请写不大于 {1} 的数',
  '{0} {1}': '{0} {1}',
  'archive stories from WARC files (- is standard input), of all known papers where none is named (repeatable); a folder, or nothing: keep what goes over the wire, as fetch does':
    '从 WARC 文件归档新闻（- 是标准输入），没有点名则取所有已知媒体的（可重复）；写文件夹或不写：像 fetch 那样保存收发的内容',
  'with --reextract: read again what of the stories was captured, too (default: warc in the archive)':
    '与 --reextract 合用：存下的新闻网页也重读（默认：归档里的 warc）',
  '--warc {0} names a folder; sections and addresses stand before it: {1} {2} --warc':
    '--warc {0} 指文件夹；栏目和网址写在它前面：{1} {2} --warc',
  'the output cannot be written ({0})': '无法写到标准输出（{0}）',
  'the working folder cannot be used ({0}); change into one that is there':
    '当前文件夹不能用（{0}）；请换到存在的文件夹',
  'keep none, whatever the configuration says': '不存图片，不管配置怎么写',
  'keep no WARC files, whatever the configuration says': '不存 WARC 文件，不管配置怎么写',
  'Archives the news of 联合早报 (Lianhe Zaobao) as clean Markdown files, one story a file.':
    '归档新加坡《联合早报》的新闻：一篇新闻，一个干净的 Markdown 文件。',
  'output the version number': '输出版本号',
  'display help for command': '显示命令的帮助',
  'where the archive is (default: ./archive)': '归档所在的文件夹（默认：./archive）',
  'configuration file (default: zaobao.config.jsonc, where it is there)':
    '配置文件（默认：zaobao.config.jsonc，如果有的话）',
  'print records as NDJSON instead of paths': '输出 NDJSON 记录，不输出路径',
  'errors only': '只输出错误',
  'say more of what happens, with times and reasons': '多说一些，带时间和原因',
  'unexpected: {0}; please report this at {1}': '意外的错误：{0}；请到 {1} 报告',
  'archive given stories, or those of a span of days': '归档指定的新闻，或一段日期内的新闻',
  'addresses or numbers of stories; - reads them from standard input': '新闻的网址或编号；- 从标准输入读',
  'read addresses or numbers (20211110-1212150) from a file, one a line':
    '从文件读网址或编号（20211110-1212150），一行一个',
  'every story of the sections in use from this day on (2026-11-01, 2026-11, 7d, yesterday), by the monthly sitemaps':
    '按每月的站点地图，所用栏目从这一天起的每篇新闻（2026-11-01、2026-11、7d、yesterday）',
  'the last of those days (default: today in Singapore)': '其中最后一天（默认：新加坡的今天）',
  'which to fetch first': '先抓取哪些',
  'print the completion of a shell': '输出 shell 的补全脚本',
  'which shell': '哪种 shell',
  'print the configuration that holds, and where each value comes from': '列出当前生效的配置，以及每个值的来源',
  "turn a story's page into its document; no network, no archive": '把新闻的网页转成文件；不连网络，不用归档',
  'the page (default: standard input)': '网页（默认：标准输入）',
  'the address of the page': '网页的地址',
  'what to print': '输出什么',
  'what to print (default: what the ending .atom or .epub of --output says, else ndjson)':
    '输出什么（默认：按 --output 的扩展名 .atom 或 .epub，否则为 ndjson）',
  'what is read': '读入什么',
  'compare the Markdown with the page and say what differs (exit 1)':
    '把 Markdown 与网页比较，说明不同之处（退出码 1）',
  'there is no article in the page, or --check found a difference': '网页里没有新闻，或 --check 发现了不同',
  done: '完成',
  'done; also when nothing was new': '完成；没有新内容也是 0',
  'done, but some stories failed (each named, queued for the next run), or a source was cut off':
    '完成，但有几篇失败（逐篇列出，下次再试），或某个来源在传输中被截断',
  'wrong usage or configuration': '用法或配置有误',
  'the archive cannot be used': '归档不能用',
  'try later: another run holds the archive, or the site said to wait': '稍后再试：另一个进程占用归档，或网站要求等待',
  'interrupted (143: terminated)': '被中断（143：被终止）',
  terminated: '被终止',
  'Examples:': '例子：',
  'Exit codes:': '退出码：',
  'the whole job against a small recorded Zaobao inside the package; no network':
    '用软件包里录下的小型早报走一遍全程；不连网络',
  'draw no progress bar': '不显示进度条',
  'try later: another run holds the archive': '稍后再试：另一个进程占用归档',
  'print archived stories: as NDJSON, a record a line; as a feed; as a book; or write them as web pages':
    '输出归档的新闻：NDJSON（一行一条记录）、订阅源或电子书；或写成一套网页',
  'write the pages of serve as files into this folder, with a search; a folder of its own, which the next run brings up to date':
    '把 serve 的网页写成文件，连同搜索，放进这个专用的文件夹；以后每次运行只更新变了的',
  '--site takes all of an archive: no files, days or other options with it':
    '--site 写出整个归档：不能再写文件、日期或其他选项',
  'stories of this section alone: china, rfi:news, dw:all (repeatable)':
    '只要这个栏目的新闻：china、rfi:news、dw:all（可重复）',
  'write this file, which is there when it is whole, instead of standard output (-)':
    '写入这个文件，而不是标准输出（-）；文件完整之后才会出现',
  'the address at which the feed will stand': '订阅源将来所在的网址',
  'files, or days (2021-11-10, 2021-11, 7d, yesterday); default: everything':
    '文件，或日期（2021-11-10、2021-11、7d、yesterday）；默认全部',
  'from this day on (2021-11-10, 2021-11, 7d, yesterday)': '从这一天起（2021-11-10、2021-11、7d、yesterday）',
  'up to this day, which is included': '到这一天为止，包括这一天',
  'former texts too, each before the text that replaced it': '也输出旧文，各在取代它的文字之前',
  'some files could not be read; each is named': '有些文件无法读取，逐个列出',
  'find stories by their words, exactly, in both scripts of Chinese; newest first':
    '按文字查找新闻：逐字精确，简体繁体一起找；新的在前',
  'words and phrases, hong*, title:, author:, section:, publisher:, lang:, 2021-11..2022-02, date:7d, after:, before:, is:revised, has:picture, AND OR NOT -':
    '词语和句子、hong*、标题：、作者：、栏目：、媒体：、语言：、2021-11..2022-02、日期：7d、之后：、之前：、is:revised、has:picture、AND OR NOT -',
  'those that match best first': '最符合的在前',
  'print so many (default: 20)': '最多输出这么多篇（默认：20）',
  'print how many there are, and no more': '只输出篇数',
  'look at every file first, also where none came or went in its folder': '先查看每个文件，包括文件夹里没有文件增减的',
  'no story was found': '没有找到新闻',
  'poll the sources and archive what is new: the job for cron': '查看各来源，归档新的新闻：由 cron 运行的就是它',
  'sections, or addresses of list pages (default: china)': '栏目，或列表页的地址（默认：china）',
  'sections, or addresses of whatever it is: a list, a feed, a home page, a story (default: china)':
    '栏目，或任何地址：列表、订阅源、首页、新闻都行（默认：china）',
  'no source could be read, or none of a section': '没有一个来源能读，或某个栏目的来源都不能读',
  'Usage:': '用法:',
  'Arguments:': '参数：',
  'Options:': '选项：',
  'Global Options:': '全局选项：',
  'Commands:': '命令：',
  '{0} (choices: {1}, default: {2})': '{0}（可选：{1}；默认：{2}）',
  '{0} (choices: {1})': '{0}（可选：{1}）',
  "missing required argument '{0}'": '缺少参数“{0}”',
  "option '{0}' argument missing": '选项“{0}”缺少参数',
  "option '{0}' cannot be used with option '{1}'": '选项“{0}”不能与选项“{1}”同用',
  "unknown option '{0}'": '没有“{0}”这个选项',
  "option '{0}' stands behind its command ({1})": '选项“{0}”要写在命令之后（{1}）',
  '{0}; {1} sets it, or {2} in {3}': '{0}；可用 {1} 或 {3} 里的 {2} 设定',
  '{0} is empty; is a variable unset?': '{0} 为空；是否有变量没有设？',
  "option '{0}' takes no value": '选项“{0}”不带值',
  "unknown command '{0}'": '没有“{0}”这个命令',
  "too many arguments for '{0}'. Expected {1} arguments but got {2}": '“{0}”的参数太多：应为 {1} 个，却有 {2} 个',
  "option '{0}' argument '{1}' is invalid. Allowed choices are {2}": '选项“{0}”的参数“{1}”无效；可选：{2}',
  "command-argument value '{0}' is invalid for argument '{1}'. Allowed choices are {2}":
    '参数“{1}”的值“{0}”无效；可选：{2}',
  '{0} (did you mean {1}?)': '{0}（是否指 {1}？）',
  '{0}; see {1}': '{0}；见 {1}',
  'one of {0}': '{0} 之一',
  'take an archive in the same format into this one, cleaned; the source is not touched':
    '把同样格式的归档并入这一个，并清理；不动来源',
  'the folder to read, with the folders below it': '要读的文件夹，连同其下的文件夹',
  'say what would be done, and write nothing': '只说会做什么，什么也不写',
  'wait this long for another run to end (default: 0)': '另一个进程占用归档时等多久（默认：0）',
  'done, but some stories could not be taken in; each is named': '完成，但有几篇没能并入，逐篇列出',
  'write a commented configuration and, on request, a schedule, into the working folder':
    '在当前文件夹写出带注释的配置，也可写出定时任务',
  'crontab (a line, printed), systemd (service and timer) or github (workflow)':
    'crontab（输出一行）、systemd（服务和定时器）或 github（工作流）',
  'how the site reaches you: an address or a page, told in the User-Agent':
    '网站怎样与你联系：邮箱或网页，写进 User-Agent',
  'follow the feeds of this list of a feed reader; its folders are their sections':
    '跟读阅读器导出的这份订阅列表；文件夹即栏目',
  'print the feeds in it as OPML, for a feed reader': '把其中的订阅源按 OPML 打印出来，供阅读器使用',
  'overwrite files that are there': '覆盖已有的文件',
  'print the items of a feed, list page, sitemap or index of sitemaps as NDJSON; no archive':
    '把订阅源、列表页、站点地图或其索引中的条目输出为 NDJSON；不用归档',
  'where to read it (default: standard input)': '从哪里读（默认：标准输入）',
  'where a file or standard input was read from: what its addresses are relative to':
    '文件或标准输入原来的地址：其中的相对网址以它为准',
  'allow addresses of private networks and of this machine': '允许访问私有网络和本机的地址',
  'give up a request after this long (default: 30s)': '一个请求多久没完成就放弃（默认：30s）',
  'it is cut off; the items that are whole are printed': '被截断；完整的条目照样输出',
  'it cannot be read, or is no feed, list page or sitemap': '无法读取，或不是订阅源、列表页、站点地图',
  'look at the living site: what of it is known, in 15 requests at most; needs no archive':
    '查看网站现状：其中哪些认得，最多 15 个请求；不用归档',
  'keep the answers as they came in this folder': '把回答原样存进这个文件夹',
  'look at this feed instead of the configured sources (repeatable)': '查看这个订阅源，不看配置的来源（可多次）',
  'section: china, singapore, world, finance, sea, sports, all; rfi:news, dw:news, bbc:simp (repeatable)':
    '栏目：china、singapore、world、finance、sea、sports、all；rfi:news、dw:news、bbc:simp（可多次）',
  'requests to one host (default: 1/s)': '对一个主机的请求频率（默认：1/s）',
  'a host beside Zaobao and the named sources (repeatable)': '除早报和所列来源外还允许访问的主机（可多次）',
  'do not ask for robots.txt': '不请求 robots.txt',
  'all that it saw is known, and all witnesses agree': '所见的都认得，各项证据一致',
  'some of it is not known, or witnesses contradict one another': '有些不认得，或证据互相矛盾',
  'nothing of the paper could be read': '报纸的内容一点也读不到',
  'the site said to wait': '网站要求等待',
  'former texts to keep of one story: the first and the newest (default: 50)':
    '一篇新闻保留几份旧文：第一份和最新的（默认：50）',
  'read this feed instead of the configured sources (repeatable)': '只读这个订阅源，不读配置的来源（可多次）',
  'stories in work at once (default: 4)': '同时处理几篇（默认：4）',
  'fetch at most this many stories': '最多抓取几篇',
  'say what would be fetched, and how long it would take; with --json a line a story':
    '只说会抓取什么、约需多久；加 --json 则一行一篇',
  'keep bodies as markdown or html (default: markdown)': '正文存为 markdown 或 html（默认：markdown）',
  'keep the pictures of stories too, in media/ of the archive': '把新闻的图片也存下来，放在归档的 media/ 里',
  'revise or keep a story that changed (default: revise)': '新闻改了，revise 改写或 keep 保持不变（默认：revise）',
  'read stories younger than this again, such as 24h (default: off)': '比这更新的新闻再读一遍，如 24h（默认：不读）',
  'how far back to look for missed stories (default: 7d)': '找漏掉的新闻时最多往回找多久（默认：7d）',
  'append all that --verbose would say to this file': '把 --verbose 会说的话追加到这个文件',
  'keep what goes over the wire as WARC files, in this folder (default: warc in the archive)':
    '把收发的内容原样存成 WARC 文件，放在这个文件夹（默认：归档里的 warc）',
  'append an object of each story that failed to this file (NDJSON)':
    '把每篇失败的新闻作为一个对象追加到这个文件（NDJSON）',
  'print the JSON Schema (2020-12) of the record, of a hit of search, or of the configuration':
    '输出记录、search 的结果或配置的 JSON Schema（2020-12）',
  'whose schema': '哪一种的 schema',
  'how the archive stands: last run, age of the newest story, what is to be tried again':
    '归档的现状：上次运行、最新的新闻有多旧、哪些待重试',
  'exit 1 when the newest story of all, or of a section in use, is older than this, such as 24h':
    '最新的新闻（或所用某个栏目的）比这更旧时，退出码为 1；如 24h',
  'write a duration such as 30m, 24h or 7d': '请写一段时间，如 30m、24h 或 7d',
  'check the archive: format, identity, dates, leftovers, duplicates': '检查归档：格式、编号、日期、残留文件、重复',
  'mend what can be mended without loss': '修好可以无损修好的',
  'first read the kept pages again with what this version knows, without asking the site':
    '先用本版本重读留存的页面，不访问网站',
  'with --fix and --reextract: wait this long for another run to end (default: 0)':
    '与 --fix、--reextract 同用：另一个进程占用归档时等多久（默认：0）',
  'something is wrong in the archive; each thing is named': '归档有问题，逐个列出',
  '{0}/s': '{0}/秒',
  '{0}/min': '{0}/分',
  'the newest story of all, or of a section in use, is older than --max-age; the pages look new; nothing can read some':
    '最新的新闻（或所用某个栏目的）比 --max-age 更旧；页面像是换了新版式；有些页面读不出来',
  '{0}  {1} left': '{0}  剩余 {1}',
  '--warc goes with --reextract': '--warc 要与 --reextract 同用',
}
