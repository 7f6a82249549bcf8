import { pageHref } from '../../route.ts'
import { t } from '../../words/words.ts'

export const STREAM = 'stream'

/** Sections of the page, in the order of its navigation; the first is the start. */
export const sections = () =>
  [
    ['topology', t('stream.topology')],
    ['dead-letters', t('operations.deadLetters')],
    ['tail', t('stream.liveTail')],
  ] as const

export type Section = ReturnType<typeof sections>[number][0]

/** Returns the address of a section, or of one of its items: the name of a processor or topic, or the id of a dead letter. */
export function sectionHref(section: Section, id?: string): string {
  const address = `${pageHref(STREAM)}/${section}`
  return id === undefined ? address : `${address}/${encodeURIComponent(id)}`
}

/** Parses what the address opens on the page. An unknown section opens the first. */
export function parseItem(item: string | undefined): { readonly section: Section; readonly id: string | undefined } {
  const [, named, id] = /^([^/]+)(?:\/(.+))?$/s.exec(item ?? '') ?? []
  const found = sections().find(([section]) => section === named)?.[0]
  return found === undefined ? { section: sections()[0][0], id: undefined } : { section: found, id }
}
