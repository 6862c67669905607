/** What is said of a query: also by what searches a static site, in a browser. */
export const OF_SEARCH: Readonly<Record<string, string>> = {
  'there is nothing to search for in "{0}"': '“{0}”中没有可搜索的内容',
  'too many parentheses or fields in one another': '括号或字段嵌套的层数太多',
  'something is missing beside AND, OR or NOT, or between parentheses': 'AND、OR、NOT 旁边或括号里缺了内容',
  'a parenthesis is not closed': '有括号没有闭合',
  'a parenthesis closes nothing': '有括号没有对应的左括号',
  'a - stands before nothing': '- 后面没有内容',
  '{0} is no field; did you mean {1}?': '{0} 不是字段；是否指 {1}？',
  '{0} lies after {1}': '{0} 晚于 {1}',
  'a quotation mark is not closed': '有引号没有闭合',
  'nothing stands behind {0}': '{0} 后面没有内容',
  'more than {0} things are asked for': '条件超过 {0} 个',
  'nothing stands between quotation marks': '引号之间没有内容',
  '{0} is no language': '{0} 不是语言',
  'there is no {0}; there is {1}': '没有 {0}，只有 {1}',
  '{0} names no day; write 2021-11-10, 2021-11, 2021, yesterday or 7d':
    '{0} 不是日期；请写成 2021-11-10、2021-11、2021、yesterday 或 7d',
  'no section and no path that is known is called "{0}"; sections are {1}': '没有叫“{0}”的已知栏目或路径；栏目有 {1}',
  'no paper that is known is called "{0}"; papers are {1}': '没有叫“{0}”的已知媒体；媒体有 {1}',
}
