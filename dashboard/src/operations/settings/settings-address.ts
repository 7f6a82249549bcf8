import { pageHref } from '../../route.ts'
import { t } from '../../words/words.ts'

export const SETTINGS = 'settings'

/** Sections of the page, in the order of its navigation; the first is the start. */
export const sections = () =>
  [
    ['kinds', t('settings.settings')],
    ['keys', t('settings.apiKeys')],
    ['changes', t('settings.changes')],
  ] as const

export type Section = ReturnType<typeof sections>[number][0]

export function sectionHref(section: Section): string {
  return `${pageHref(SETTINGS)}/${section}`
}

/** Returns the address of a kind of settings by its path in the API (`/thresholds`), or of one of its settings. */
export function kindHref(path: string, key?: string): string {
  const address = `${sectionHref('kinds')}${path}`
  return key === undefined ? address : `${address}/${encodeURIComponent(key)}`
}

/** What an address opens on the page: a section, in it a kind of settings, and one of its settings. */
interface Opened {
  readonly section: Section
  readonly path: string | undefined
  readonly key: string | undefined
}

/** Parses what the address opens. An unknown section opens the first. */
export function parseItem(item: string | undefined): Opened {
  const [, named, kind, key] = /^([^/]+)(?:\/([^/]+))?(?:\/(.+))?$/s.exec(item ?? '') ?? []
  const found = sections().find(([section]) => section === named)?.[0]
  if (found === undefined) return { section: sections()[0][0], path: undefined, key: undefined }
  return { section: found, path: kind === undefined ? undefined : `/${kind}`, key }
}
