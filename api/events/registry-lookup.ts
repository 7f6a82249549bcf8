import { sameSchema } from '../../schemas/avro/same-schema.ts'
import { parseJson } from '../../schemas/json/strict-json.ts'
import type { Registry } from '../../schemas/release/registry.ts'
import type { ReleasedSchema } from '../../schemas/release/released.ts'

/** An error as registry clients expect it. */
export class RegistryError extends Error {
  override readonly name = 'RegistryError'
  readonly code: number

  constructor(code: number, message: string) {
    super(message)
    this.code = code
  }
}

/** Returns the schema with this id. Throws a `RegistryError` if there is none. */
export function schemaOf(registry: Registry, text: string): ReleasedSchema {
  const schema = /^\d{1,10}$/.test(text) ? registry.byId(Number(text)) : undefined
  if (schema === undefined) throw new RegistryError(40403, `Schema ${text} not found`)
  return schema
}

export function versionsOf(registry: Registry, subject: string): readonly ReleasedSchema[] {
  const versions = registry.versions(subject)
  if (versions.length === 0) throw new RegistryError(40401, `Subject '${subject}' not found.`)
  return versions
}

export function versionOf(registry: Registry, subject: string, text: string): ReleasedSchema {
  const versions = versionsOf(registry, subject)
  if (text === 'latest' || text === '-1') return versions.at(-1)!
  if (!/^[1-9]\d{0,9}$/.test(text)) {
    throw new RegistryError(
      42202,
      `The specified version '${text}' is not a valid version id: it must be a number from 1, or "latest".`,
    )
  }
  const found = versions.find(({ version }) => version === Number(text))
  if (found === undefined) throw new RegistryError(40402, `Version ${text} not found.`)
  return found
}

export function findVersion(registry: Registry, subject: string, text: string): ReleasedSchema | undefined {
  const versions = versionsOf(registry, subject)
  let schema: unknown
  try {
    schema = parseJson(text)
  } catch {
    throw new RegistryError(42201, 'Invalid schema: it is not JSON.')
  }
  return versions.findLast((one) => sameSchema(one.schema, schema))
}
