/** What the keys do; every page reads without it. */
export const KEYS = `'use strict'
const $ = (selector) => document.querySelector(selector)
const keys = $('#keys')
const on = $('#keys-on')
const stored = () => { try { return localStorage.getItem('keys') !== 'off' } catch { return true } }
on.checked = stored()
on.addEventListener('change', () => { try { localStorage.setItem('keys', on.checked ? 'on' : 'off') } catch {} })

const find = $('input[name=q]')
const go = (rel) => {
  const link = $('link[rel=' + rel + ']')
  if (link) location.assign(link.href)
}
const stories = () => [...document.querySelectorAll('main .to')]
const step = (by) => {
  const all = stories()
  const at = all.indexOf(document.activeElement)
  const next = all[at === -1 ? (by > 0 ? 0 : all.length - 1) : at + by]
  if (!next) return
  next.focus({ preventScroll: true })
  next.closest('li').scrollIntoView({ block: 'center' })
}
const act = {
  j: () => step(1),
  n: () => step(1),
  k: () => step(-1),
  p: () => step(-1),
  o: () => document.activeElement.matches('.to') && document.activeElement.click(),
  h: () => go('prev'),
  l: () => go('next'),
  u: () => go('up'),
  v: () => go('original'),
  g: () => location.assign($('.name').href),
  m: () => location.assign($('[data-key=m]').href),
  '/': () => { find.focus(); find.select() },
  '?': () => keys.showModal(),
}
addEventListener('keydown', (event) => {
  const { key, target } = event
  const isTyped = event.isComposing || event.keyCode === 229 || event.ctrlKey || event.altKey || event.metaKey
  if (isTyped || event.defaultPrevented || keys.open || target.closest('input, textarea, select, [contenteditable]')) return
  if (!Object.hasOwn(act, key) || (key !== '?' && !on.checked)) return
  event.preventDefault()
  act[key]()
})
`

/** What searches as one types, where the pages are served. */
export const LIVE = `let wanted = null
let timer = 0
const search = () => {
  const place = find.form.action + '?q=' + encodeURIComponent(find.value.trim())
  if (place === wanted) return
  wanted = place
  const request = new XMLHttpRequest()
  request.responseType = 'document'
  request.addEventListener('load', () => {
    const [old, next] = [$('[data-live]'), request.response && request.response.querySelector('[data-live]')]
    if (place !== wanted || !next) return
    old.replaceWith(document.adoptNode(next))
    document.title = request.response.title
    history.replaceState(null, '', place)
    if (request.getResponseHeader('refresh')) setTimeout(() => { wanted = null; search() }, 3000)
  })
  request.open('GET', place)
  request.send()
}
const soon = (event) => {
  clearTimeout(timer)
  if (!event.isComposing) timer = setTimeout(search, 120)
}
if ($('[data-live]')) {
  find.addEventListener('input', soon)
  find.addEventListener('compositionend', () => soon({}))
}
`
