import { decidersOf, type GlobalEntry, type Processor } from '../../processors/processor.ts'

/**
 * Returns the versions of the entries that published decisions depend on, as one text. For a processor with scorers,
 * each part begins with the name of its decider, so that a change shows who must decide again.
 */
export function settingsVersionOf(
  processor: Pick<Processor, 'reevaluateOn'> & Partial<Processor>,
  versionOf: (entry: GlobalEntry) => string | undefined,
): string {
  const textOf = (entries: readonly GlobalEntry[]) => entries.map((entry) => shown(versionOf(entry))).join(ENTRY)
  if (processor.scorers === undefined) return textOf(processor.reevaluateOn ?? [])
  return decidersOf(processor as Processor)
    .filter(({ reevaluateOn = [] }) => reevaluateOn.length > 0)
    .map(({ name, reevaluateOn }) => `${name}${NAME}${textOf(reevaluateOn!)}`)
    .join(DECIDER)
}

/** Returns the deciders whose settings differ between two versions; `undefined` if the versions don't name them. */
export function changedBetween(before: string, now: string): readonly string[] | undefined {
  if (!now.includes(NAME)) return undefined
  const known = new Set(before.split(DECIDER))
  return now
    .split(DECIDER)
    .filter((part) => !known.has(part))
    .map((part) => part.slice(0, part.indexOf(NAME)))
}

/** Separators; an encoded version contains none of them. */
const ENTRY = '/'
const NAME = ':'
const DECIDER = ' '

function shown(version: string | undefined): string {
  return version === undefined ? '-' : encodeURIComponent(version)
}
