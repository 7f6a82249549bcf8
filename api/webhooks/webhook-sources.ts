import { webhookSources, type WebhookSource } from '../../schemas/webhooks/webhook-sources.ts'
import { compileMapping, type Mapping } from '../../webhooks/mapping/compile-mapping.ts'
import { ProblemError } from '../http/problem.ts'
import type { ApiPorts } from '../ports.ts'
import { activeSettings, settingOn } from '../versioned-settings.ts'

/** A source at its active version, with its compiled mapping. */
export interface ActiveSource {
  readonly name: string
  readonly version: number
  readonly settings: Omit<WebhookSource, 'id' | 'occurredAt' | 'source' | 'name' | 'version' | 'changedBy'>
  readonly mapping: Mapping
}

export interface WebhookSources {
  /** Returns a source, at most a second old. Throws a problem if there is none, or if it is retired. */
  named(name: string): Promise<ActiveSource>
  /** Like `named`, at its newest version. */
  newest(name: string): Promise<ActiveSource>
}

/** How long a version is used before the database is asked for a newer one. */
const REFRESH_MS = 1_000

/**
 * Keeps the sources in memory: a change is used within a second, webhooks cost no query each, and they are accepted
 * while the database is away.
 */
export function createWebhookSources(
  { database, settings, logError }: Pick<ApiPorts, 'database' | 'settings' | 'logError'>,
  now: () => number = () => performance.now(),
): WebhookSources {
  const setting = settingOn(settings, webhookSources)
  let known: ReadonlyMap<string, ActiveSource> | undefined
  let readAt = Number.NEGATIVE_INFINITY
  let reading: Promise<void> | undefined

  async function read(): Promise<void> {
    const versions = await activeSettings(database, setting)
    const former = known
    known = new Map(
      versions.map(({ key, version, value }) => {
        const held = former?.get(key)
        if (held?.version === version) return [key, held]
        const source = value as ActiveSource['settings']
        return [key, { name: key, version, settings: source, mapping: compileMapping(source.mapping) }]
      }),
    )
    readAt = now()
  }

  async function refresh(): Promise<void> {
    if (now() - readAt < REFRESH_MS) return
    reading ??= read().finally(() => (reading = undefined))
    try {
      await reading
    } catch (error) {
      if (known === undefined) throw error
      readAt = now()
      logError(`Webhook sources can't be read, so the last known versions are used: ${(error as Error).message}`)
    }
  }

  function required(name: string): ActiveSource {
    const source = known!.get(name)
    if (source !== undefined && !source.settings.retired) return source
    throw new ProblemError(
      'not-found',
      `There is no webhook source ${JSON.stringify(name)} in use. Add it with PUT /webhook-sources/{name}.`,
    )
  }

  return {
    async named(name) {
      await refresh()
      return required(name)
    },
    async newest(name) {
      // A read that began earlier may have missed the newest version.
      await reading?.catch(() => {})
      await read()
      return required(name)
    },
  }
}
