import { micromark, type Options } from 'micromark'
import { gfmStrikethrough, gfmStrikethroughHtml } from 'micromark-extension-gfm-strikethrough'
import { gfmTable, gfmTableHtml } from 'micromark-extension-gfm-table'
import { gfmTaskListItem, gfmTaskListItemHtml } from 'micromark-extension-gfm-task-list-item'

const OPTIONS: Options = {
  allowDangerousHtml: true,
  allowDangerousProtocol: true,
  extensions: [gfmTable(), gfmStrikethrough(), gfmTaskListItem()],
  htmlExtensions: [gfmTableHtml(), gfmStrikethroughHtml(), gfmTaskListItemHtml()],
}

/** Markdown (CommonMark with GFM's tables, strikethrough and task lists) as HTML. For reading back, not for display. */
export function renderMarkdown(markdown: string): string {
  return micromark(markdown, OPTIONS)
}
