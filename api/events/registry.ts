import { Type } from 'typebox'
import type { ReleasedSchema } from '../../schemas/release/released.ts'
import type { Registry } from '../../schemas/release/registry.ts'
import { parseJson } from '../../schemas/json/strict-json.ts'
import { sameSchema } from '../../schemas/avro/same-schema.ts'
import { readBody } from '../http/bodies.ts'
import type { ApiPorts } from '../ports.ts'
import { Name, Text } from '../http/schema-parts.ts'
import type { Server } from '../http/server.ts'
import { compileValidator } from '../http/validation.ts'

/**
 * The read endpoints of a Confluent schema registry, so that any registry-aware client can read the topics.
 * https://docs.confluent.io/platform/current/schema-registry/develop/api.html
 */
const REGISTRY_TYPE = 'application/vnd.schemaregistry.v1+json'

/** A change of a schema is made here and by a release: in both directions, with every earlier version. */
const COMPATIBILITY = 'FULL_TRANSITIVE'

const RegistryFailure = Type.Object({ error_code: Type.Integer(), message: Type.String() }, { title: 'RegistryError' })

/** An error as registry clients expect it. */
class RegistryError extends Error {
  override readonly name = 'RegistryError'
  readonly code: number

  constructor(code: number, message: string) {
    super(message)
    this.code = code
  }
}

const Version = Type.Object({
  subject: Type.String(),
  version: Type.Integer(),
  id: Type.Integer(),
  schema: Type.String(),
})
const Definition = Type.Object({ schema: Text, schemaType: Type.Optional(Text) }, { additionalProperties: true })
const failures = { 404: RegistryFailure, 422: RegistryFailure }

export function registryRoutes(server: Server, { registry }: ApiPorts): void {
  void server.register((scope, _options, done) => {
    const routes = scope as unknown as Server
    for (const type of [REGISTRY_TYPE, 'application/vnd.schemaregistry+json', 'application/octet-stream']) {
      scope.addContentTypeParser(type, { parseAs: 'buffer' }, readBody)
    }
    scope.addHook('onRoute', (route) => {
      route.config = { ...route.config, access: 'read-schemas' }
      const { schema } = route
      if (schema !== undefined) schema.produces = [REGISTRY_TYPE]
    })
    // Path errors have the form that Confluent's registry gives them.
    scope.setValidatorCompiler((part) => (part.httpPart === 'params' ? () => true : compileValidator(part as never)))
    scope.setErrorHandler((error, _request, reply) => {
      if (!(error instanceof RegistryError)) throw error
      const status = Number(String(error.code).slice(0, 3))
      return reply
        .code(status)
        .type(REGISTRY_TYPE)
        .serializer(JSON.stringify)
        .send({ error_code: error.code, message: error.message })
    })
    scope.addHook('onSend', (_request, reply, payload, next) => {
      if (reply.statusCode < 400) void reply.type(REGISTRY_TYPE)
      next(null, payload)
    })
    defineRoutes(routes, registry)
    done()
  })
}

function defineRoutes(routes: Server, registry: Registry): void {
  const tags = ['schema registry']
  const subjectParameter = Type.Object({ subject: Name })
  const versionParameter = Type.Object({
    subject: Name,
    version: Type.String({ pattern: '^([1-9][0-9]{0,9}|latest|-1)$' }),
  })
  const idParameter = Type.Object({ id: Type.String({ pattern: '^[0-9]{1,10}$' }) })

  routes.get(
    '/schemas/types',
    { schema: { tags, summary: 'Kinds of schemas', response: { 200: Type.Array(Type.String()) } } },
    () => ['AVRO'],
  )
  routes.get(
    '/schemas/ids/:id',
    {
      schema: {
        tags,
        summary: 'The schema with the id that a message carries',
        params: idParameter,
        response: { 200: Type.Object({ schema: Type.String() }), ...failures },
      },
    },
    ({ params }) => ({ schema: JSON.stringify(schemaOf(registry, params.id).schema) }),
  )
  routes.get(
    '/schemas/ids/:id/schema',
    {
      schema: { tags, summary: 'The same, bare', params: idParameter, response: { 200: Type.Unknown(), ...failures } },
    },
    ({ params }) => schemaOf(registry, params.id).schema,
  )
  routes.get(
    '/schemas/ids/:id/versions',
    {
      schema: {
        tags,
        summary: 'Subjects and versions of an id',
        params: idParameter,
        response: { 200: Type.Array(Type.Object({ subject: Type.String(), version: Type.Integer() })), ...failures },
      },
    },
    ({ params }) => {
      const { id } = schemaOf(registry, params.id)
      return registry.all.filter((one) => one.id === id).map(({ subject, version }) => ({ subject, version }))
    },
  )
  routes.get(
    '/subjects',
    { schema: { tags, summary: 'Every subject', response: { 200: Type.Array(Type.String()) } } },
    () => [...registry.subjects()],
  )
  routes.get(
    '/subjects/:subject/versions',
    {
      schema: {
        tags,
        summary: 'Versions of a subject',
        params: subjectParameter,
        response: { 200: Type.Array(Type.Integer()), ...failures },
      },
    },
    ({ params }) => versionsOf(registry, params.subject).map(({ version }) => version),
  )
  routes.get(
    '/subjects/:subject/versions/:version',
    {
      schema: {
        tags,
        summary: 'One version, or `latest`',
        params: versionParameter,
        response: { 200: Version, ...failures },
      },
    },
    ({ params }) => shown(versionOf(registry, params.subject, params.version)),
  )
  routes.get(
    '/subjects/:subject/versions/:version/schema',
    {
      schema: {
        tags,
        summary: 'The same, bare',
        params: versionParameter,
        response: { 200: Type.Unknown(), ...failures },
      },
    },
    ({ params }) => versionOf(registry, params.subject, params.version).schema,
  )
  routes.post(
    '/subjects/:subject',
    {
      schema: {
        tags,
        summary: 'Looks up a schema under a subject',
        params: subjectParameter,
        body: Definition,
        response: { 200: Version, ...failures },
      },
    },
    ({ params, body }) => {
      const known = findVersion(registry, params.subject, body.schema)
      if (known === undefined) throw new RegistryError(40403, 'Schema not found')
      return shown(known)
    },
  )
  routes.post(
    '/subjects/:subject/versions',
    {
      schema: {
        tags,
        summary: 'The id of a schema that is there already; new ones come with a release',
        params: subjectParameter,
        body: Definition,
        response: { 200: Type.Object({ id: Type.Integer() }), ...failures },
      },
    },
    ({ params, body }) => {
      const known =
        registry.versions(params.subject).length === 0 ? undefined : findVersion(registry, params.subject, body.schema)
      if (known === undefined) {
        throw new RegistryError(
          42205,
          'Operation not permitted: this registry is read only; schemas come with a release of the platform.',
        )
      }
      return { id: known.id }
    },
  )
  const Config = Type.Object({ compatibilityLevel: Type.String() })
  routes.get(
    '/config',
    { schema: { tags, summary: 'The rule that changes follow', response: { 200: Config } } },
    () => ({
      compatibilityLevel: COMPATIBILITY,
    }),
  )
  routes.get(
    '/config/:subject',
    {
      schema: {
        tags,
        summary: 'The same for a subject',
        params: subjectParameter,
        response: { 200: Config, ...failures },
      },
    },
    ({ params }) => {
      versionsOf(registry, params.subject)
      return { compatibilityLevel: COMPATIBILITY }
    },
  )
  routes.get(
    '/mode',
    { schema: { tags, summary: 'READONLY', response: { 200: Type.Object({ mode: Type.String() }) } } },
    () => ({
      mode: 'READONLY',
    }),
  )
}

function shown({ subject, version, id, schema }: ReleasedSchema) {
  return { subject, version, id, schema: JSON.stringify(schema) }
}

function schemaOf(registry: Registry, text: string): ReleasedSchema {
  const schema = /^\d{1,10}$/.test(text) ? registry.byId(Number(text)) : undefined
  if (schema === undefined) throw new RegistryError(40403, `Schema ${text} not found`)
  return schema
}

function versionsOf(registry: Registry, subject: string): readonly ReleasedSchema[] {
  const versions = registry.versions(subject)
  if (versions.length === 0) throw new RegistryError(40401, `Subject '${subject}' not found.`)
  return versions
}

function versionOf(registry: Registry, subject: string, text: string): ReleasedSchema {
  const versions = versionsOf(registry, subject)
  if (text === 'latest' || text === '-1') return versions.at(-1)!
  if (!/^[1-9]\d{0,9}$/.test(text)) {
    throw new RegistryError(
      42202,
      `The specified version '${text}' is not a valid version id: a number from 1 on, or "latest".`,
    )
  }
  const found = versions.find(({ version }) => version === Number(text))
  if (found === undefined) throw new RegistryError(40402, `Version ${text} not found.`)
  return found
}

function findVersion(registry: Registry, subject: string, text: string): ReleasedSchema | undefined {
  const versions = versionsOf(registry, subject)
  let schema: unknown
  try {
    schema = parseJson(text)
  } catch {
    throw new RegistryError(42201, 'Invalid schema: it is not JSON.')
  }
  return versions.findLast((one) => sameSchema(one.schema, schema))
}
