import type { Plugin } from 'rolldown'

export function bundle(): Promise<Record<string, string[]>>

export function bundleInto(folder: string, text: string, options?: { plugins?: Plugin[] }): Promise<string>
