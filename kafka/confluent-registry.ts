import registryLibrary, { type SchemaRegistry as Client } from '@kafkajs/confluent-schema-registry'

const { COMPATIBILITY, SchemaRegistry, SchemaType } = registryLibrary

/** A version of a subject, with the schema id in every message written with it. */
export interface RegisteredSchema {
  readonly id: number
  readonly subject: string
  readonly version: number
  /** Avro, as JSON. */
  readonly schema: unknown
}

type Log = (level: 'info' | 'warn' | 'error', message: string) => void

/** Thrown when the registry of SCHEMA_REGISTRY_URL can't be used as it is. */
export class RegistryError extends Error {
  override readonly name = 'RegistryError'
}

/**
 * Registers these schemas in order at a Confluent schema registry, with FULL_TRANSITIVE compatibility for each new
 * subject. Returns every version of their subjects in the registry, including those registered by others, under the
 * registry’s ids. Idempotent. `url` may contain credentials: `https://user:password@registry:8081`. Throws
 * `RegistryError`, whose message never contains the password.
 */
export async function registerSchemas(
  url: string,
  schemas: readonly RegisteredSchema[],
  log: Log,
): Promise<readonly RegisteredSchema[]> {
  const { host, registry } = clientOf(url)
  const registered: RegisteredSchema[] = []
  const bySubject = Map.groupBy(schemas, ({ subject }) => subject)
  for (const [subject, ours] of bySubject) {
    try {
      registered.push(...(await registerSubject(registry, subject, ours)))
    } catch (cause) {
      throw new RegistryError(`${subject} can’t be registered at ${host} (SCHEMA_REGISTRY_URL): ${reasonOf(cause)}`, {
        cause,
      })
    }
  }
  log(
    'info',
    `${registered.length} versions of ${bySubject.size} subjects are known to the schema registry at ${host}.`,
  )
  return registered
}

/**
 * Returns the versions of a subject after `after`, registered by others since. Throws `RegistryError` if the registry
 * does not answer.
 */
export async function laterVersions(url: string, subject: string, after: number): Promise<readonly RegisteredSchema[]> {
  const { host, registry } = clientOf(url)
  const versions: RegisteredSchema[] = []
  try {
    let holes = 0
    for (let version = after + 1; holes < HOLES_MAX; version++) {
      const id = await registry.getRegistryId(subject, version).catch(undefinedIfNotFound)
      if (id === undefined) holes++
      else {
        holes = 0
        versions.push({ id, subject, version, schema: await foreignSchema(registry, id) })
      }
    }
  } catch (cause) {
    throw new RegistryError(`${subject} can’t be asked for at ${host} (SCHEMA_REGISTRY_URL): ${reasonOf(cause)}`, {
      cause,
    })
  }
  return versions
}

/** Deleted versions leave gaps; after this many in a row, the search stops. */
const HOLES_MAX = 5

async function registerSubject(
  registry: Client,
  subject: string,
  ours: readonly RegisteredSchema[],
): Promise<readonly RegisteredSchema[]> {
  const schemaById = new Map<number, unknown>()
  for (const { schema } of ours) {
    const { id } = await registry.register(
      { type: SchemaType.AVRO, schema: JSON.stringify(schema) },
      { subject, compatibility: COMPATIBILITY.FULL_TRANSITIVE },
    )
    schemaById.set(id, schema)
  }
  const versions: RegisteredSchema[] = []
  for (let version = 1; ; version++) {
    const id = await registry.getRegistryId(subject, version).catch(undefinedIfNotFound)
    if (id !== undefined)
      versions.push({ id, subject, version, schema: schemaById.get(id) ?? (await foreignSchema(registry, id)) })
    // Deleted versions leave gaps, so continue until all of our versions have been found.
    else if (version > ours.length && [...schemaById.keys()].every((id) => versions.some((known) => known.id === id)))
      return versions
    else if (version > VERSIONS_MAX)
      throw new RegistryError(`it lists no version of ${subject} that it has just registered.`)
  }
}

const VERSIONS_MAX = 1_000

async function foreignSchema(registry: Client, id: number): Promise<unknown> {
  const type = (await registry.getSchema(id)) as unknown as { schema(options: { exportAttrs: boolean }): unknown }
  return type.schema({ exportAttrs: true })
}

function undefinedIfNotFound(error: unknown): undefined {
  if ((error as { status?: number }).status !== 404) throw error
}

function clientOf(url: string): { readonly host: string; readonly registry: Client } {
  const { host, auth } = addressOf(url)
  return {
    host,
    registry: new SchemaRegistry({ host, clientId: 'scoreline', ...(auth === undefined ? {} : { auth }) }),
  }
}

function addressOf(url: string): { host: string; auth: { username: string; password: string } | undefined } {
  const { username, password, origin, pathname } = new URL(url)
  const auth =
    username === '' ? undefined : { username: decodeURIComponent(username), password: decodeURIComponent(password) }
  return { host: `${origin}${pathname.replace(/\/$/, '')}`, auth }
}

function reasonOf(error: unknown): string {
  const { name, message, status } = error as Error & { status?: number }
  if (name === 'ConfluentSchemaRegistryCompatibilityError') {
    return `${message}. Set the subject’s compatibility to FULL_TRANSITIVE, the rule that released schemas keep.`
  }
  return status === 401 || status === 403 ? `the user is refused (${message}).` : message
}
