import { setTimeout as delay } from 'node:timers/promises'
import type { ReleasedSchema } from '../../schemas/release/released.ts'
import type { Registry } from '../../schemas/release/registry.ts'
import type { Log } from '../log.ts'

export interface SchemaLookupOptions {
  /** Schemas known at the start. */
  readonly registry: Registry
  /** Asks the schema registry for the versions of a subject after the given one. */
  readonly laterVersions: (subject: string, after: number) => Promise<readonly ReleasedSchema[]>
  readonly log: Log
  /** Pause before each request to the registry, in ms. */
  readonly pausesMs: readonly number[]
  /** Called when a look-up has ended, whether or not it succeeded. */
  readonly onEnd: () => void
}

/** Learns schemas that were registered after the start. */
export interface SchemaLookup {
  byId(id: number): ReleasedSchema | undefined
  /** Returns whether the id is unknown and has not been refused recently. */
  isUnknown(id: number): boolean
  /** Looks up unknown ids, with one request for all ids of a subject. */
  request(subject: string, ids: ReadonlySet<number>): void
  close(): void
}

/** Answers without the id after which the registry is taken not to have it: its replicas lag only a little. */
const ANSWERS_MAX = 2
/** Time for which an unknown id is not looked up again, so that invented ids do not delay every batch. */
const REFUSED_MS = 300_000
const REFUSED_IDS_MAX = 10_000

export function createSchemaLookup(options: SchemaLookupOptions): SchemaLookup {
  const { registry, laterVersions, log, pausesMs, onEnd } = options
  const late = new Map<number, ReleasedSchema>()
  const refusals = createRefusals(log)
  const pending = new Map<string, Set<number>>()
  const closing = new AbortController()

  const byId = (id: number) => registry.byId(id) ?? late.get(id)
  const isUnknown = (id: number) => byId(id) === undefined && !refusals.hasId(id)

  function newestVersion(subject: string): number {
    const versions = [...registry.versions(subject), ...[...late.values()].filter((one) => one.subject === subject)]
    return versions.reduce((newest, { version }) => Math.max(newest, version), 0)
  }

  async function fetchVersions(subject: string): Promise<void> {
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
        await fetchVersions(subject)
        answers++
      } catch (error) {
        failure = (error as Error).message
      }
      for (const id of ids) if (!isUnknown(id)) ids.delete(id)
      if (ids.size === 0 || answers === answersMax) break
    }
    if (ids.size > 0) refusals.add(subject, [...ids], failure)
    pending.delete(subject)
    onEnd()
  }

  return {
    byId,
    isUnknown,
    request(subject, ids) {
      const running = pending.get(subject)
      ids.forEach((id) => running?.add(id))
      if (running !== undefined) return
      const own = new Set(ids)
      pending.set(subject, own)
      void lookUp(subject, own)
    },
    close: () => closing.abort(),
  }
}

/** Remembers, for a while, ids that were not found and their subjects. */
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
