import { OF_CORE } from './zh/core.ts'
import { OF_ARCHIVE } from './zh/core-archive.ts'
import { OF_PROBE } from './zh/core-probe.ts'
import { OF_READER } from './zh/core-reader.ts'
import { OF_SEARCH } from './zh/core-search.ts'
import { OF_SITES } from './zh/sites.ts'
import { OF_EDGE } from './zh/edge.ts'
import { OF_CONFIG } from './zh/config.ts'
import { OF_PIPELINE } from './zh/pipeline.ts'
import { OF_COMMANDS } from './zh/commands.ts'
import { OF_PROGRAM } from './zh/program.ts'

/*
 * Terms, as README.zh.md has them: story 新闻（篇）, archive 归档, feed 订阅源, source 来源, section 栏目, item 条目, list page 列表页,
 * sitemap 站点地图, page 网页、页面, address 网址、地址, headline 标题, body, text 正文, front matter 文件头, former text 旧文, record 记录,
 * layout 版式, run 运行, fetch 抓取, backfill 补抓, write 写入, revise 改写, unchanged 未变, mend 修好, queued 待重试, given up 放弃, gap 缺口,
 * cut off 截断, in doubt 存疑, challenge 人机验证, pause 暂停, validators 校验信息, schedule 定时任务, proxy 代理, layout of an archive 格式.
 * Full-width marks within sentences, a blank between Chinese and Latin letters or digits; what stands before `: ` is a name.
 */
export const ZH: Readonly<Record<string, string>> = {
  ', ': '，',
  '; ': '；',
  ...OF_CORE,
  ...OF_ARCHIVE,
  ...OF_PROBE,
  ...OF_READER,
  ...OF_SEARCH,
  ...OF_SITES,
  ...OF_EDGE,
  ...OF_CONFIG,
  ...OF_PIPELINE,
  ...OF_COMMANDS,
  ...OF_PROGRAM,
}
