const IMITATORS = /(?:^|\.)(?:zaochenbao|sczaobao)\.com$/

/** True for hosts that republish the paper under a name that looks like its own. */
export function isImitator(host: string): boolean {
  return IMITATORS.test(host.toLowerCase().replace(/\.$/, ''))
}
