import { setTimeout as delay } from 'node:timers/promises'
import type { ReleasedSchema } from '../../schemas/release/released.ts'
import type { Registry } from '../../schemas/release/registry.ts'
import type { Log } from '../log.ts'

export interface SchemaLookupOptions {
  /** The schemas that were known at the start. */
  readonly registry: Registry
  /** Asks the schema registry for the versions of a subject behind that one. */
  readonly laterVersions: (subject: string, after: number) => Promise<readonly ReleasedSchema[]>
  readonly log: Log
  /** Before each time that the registry is asked. */
  readonly pausesMs: readonly number[]
  /** A look-up has ended, one way or the other. */
  readonly onEnd: () => void
}

/** Learns schemas that were registered after the start. */
export interface SchemaLookup {
  byId(id: number): ReleasedSchema | undefined
  /** Not known, and worth a look-up. */
  isUnknown(id: number): boolean
  /** Looks unknown ids up, all of a subject at once. */
  want(subject: string, ids: ReadonlySet<number>): void
  close(): void
}

/** After this many answers without the id, the registry does not have it: its replicas lag only a little. */
const ANSWERS_MAX = 2
/** An unknown id is not looked up again for this long, so that a sender of invented ids does not delay every batch. */
const REFUSED_MS = 300_000
const REFUSED_IDS_MAX = 10_000

export function createSchemaLookup(options: SchemaLookupOptions): SchemaLookup {
  const { registry, laterVersions, log, pausesMs, onEnd } = options
  const late = new Map<number, ReleasedSchema>()
  const refusals = createRefusals(log)
  const wanted = new Map<string, Set<number>>()
  const closing = new AbortController()

  const byId = (id: number) => registry.byId(id) ?? late.get(id)
  const isUnknown = (id: number) => byId(id) === undefined && !refusals.hasId(id)

  function newestVersion(subject: string): number {
    const versions = [...registry.versions(subject), ...[...late.values()].filter((one) => one.subject === subject)]
    return versions.reduce((newest, { version }) => Math.max(newest, version), 0)
  }

  async function learn(subject: string): Promise<void> {
    for (const version of await laterVersions(subject, newestVersion(subject))) {
      late.set(version.id, version)
      log('info', `${subject} has a version ${version.version} now, with the schema id ${version.id}`)
    }
  }

  async function lookUp(subject: string, ids: Set<number>): Promise<void> {
    const answersMax = refusals.hasSubject(subject) ? 1 : ANSWERS_MAX
    let answers = 0
    let failure = 'the registry does not have it'
    for (const pauseMs of pausesMs) {
      await delay(pauseMs, undefined, { signal: closing.signal, ref: false }).catch(() => {})
      if (closing.signal.aborted) return
      try {
        await learn(subject)
        answers++
      } catch (error) {
        failure = (error as Error).message
      }
      for (const id of ids) if (!isUnknown(id)) ids.delete(id)
      if (ids.size === 0 || answers === answersMax) break
    }
    if (ids.size > 0) refusals.add(subject, [...ids], failure)
    wanted.delete(subject)
    onEnd()
  }

  return {
    byId,
    isUnknown,
    want(subject, ids) {
      const asked = wanted.get(subject)
      ids.forEach((id) => asked?.add(id))
      if (asked !== undefined) return
      const own = new Set(ids)
      wanted.set(subject, own)
      void lookUp(subject, own)
    },
    close: () => closing.abort(),
  }
}

/** Ids that were looked up in vain, and their subjects, for a while. */
function createRefusals(log: Log) {
  const idsUntil = new Map<number, number>()
  const subjectsUntil = new Map<string, number>()
  const isLater = (until = 0) => until >= performance.now()

  return {
    hasId: (id: number) => isLater(idsUntil.get(id)),
    hasSubject: (subject: string) => isLater(subjectsUntil.get(subject)),
    add(subject: string, ids: readonly number[], why: string): void {
      const until = performance.now() + REFUSED_MS
      if (idsUntil.size + ids.length > REFUSED_IDS_MAX) idsUntil.clear()
      for (const id of ids) idsUntil.set(id, until)
      subjectsUntil.set(subject, until)
      const more = ids.length > 1 ? ` and ${ids.length - 1} others` : ''
      log(
        'warn',
        `No schema of ${subject} is known under the id ${ids[0]}${more}: ${why}. Such records go to the dead letters.`,
      )
    },
  }
}
