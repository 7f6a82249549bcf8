import { Type } from 'typebox'
import type { Registry } from '../../schemas/release/registry.ts'
import type { ReleasedSchema } from '../../schemas/release/released.ts'
import { Name, Text } from '../http/schema-parts.ts'
import type { Server } from '../http/server.ts'
import { findVersion, RegistryError, schemaOf, versionOf, versionsOf } from './registry-lookup.ts'

/** Releases keep every schema forward and backward compatible with all its earlier versions. */
const COMPATIBILITY = 'FULL_TRANSITIVE'

const tags = ['schema registry']
const RegistryFailure = Type.Object({ error_code: Type.Integer(), message: Type.String() }, { title: 'RegistryError' })
const failures = { 404: RegistryFailure, 422: RegistryFailure }

const ofId = Type.Object({ id: Type.String({ pattern: '^[0-9]{1,10}$' }) })
const ofSubject = Type.Object({ subject: Name })
const ofVersion = Type.Object({
  subject: Name,
  version: Type.String({ pattern: '^([1-9][0-9]{0,9}|latest|-1)$' }),
})

const Version = Type.Object({
  subject: Type.String(),
  version: Type.Integer(),
  id: Type.Integer(),
  schema: Type.String(),
})
const Definition = Type.Object({ schema: Text, schemaType: Type.Optional(Text) }, { additionalProperties: true })
const Config = Type.Object({ compatibilityLevel: Type.String() })

/** Routes for schemas by the id that a message carries. */
export function schemaRoutes(routes: Server, registry: Registry): void {
  routes.get(
    '/schemas/types',
    { schema: { tags, summary: 'The supported schema types', response: { 200: Type.Array(Type.String()) } } },
    () => ['AVRO'],
  )
  routes.get(
    '/schemas/ids/:id',
    {
      schema: {
        tags,
        summary: 'The schema with the id in a message',
        params: ofId,
        response: { 200: Type.Object({ schema: Type.String() }), ...failures },
      },
    },
    ({ params }) => ({ schema: JSON.stringify(schemaOf(registry, params.id).schema) }),
  )
  routes.get(
    '/schemas/ids/:id/schema',
    {
      schema: { tags, summary: 'The schema itself', params: ofId, response: { 200: Type.Unknown(), ...failures } },
    },
    ({ params }) => schemaOf(registry, params.id).schema,
  )
  routes.get(
    '/schemas/ids/:id/versions',
    {
      schema: {
        tags,
        summary: 'The subjects and versions of a schema id',
        params: ofId,
        response: { 200: Type.Array(Type.Object({ subject: Type.String(), version: Type.Integer() })), ...failures },
      },
    },
    ({ params }) => {
      const { id } = schemaOf(registry, params.id)
      return registry.all.filter((one) => one.id === id).map(({ subject, version }) => ({ subject, version }))
    },
  )
}

/** Routes for the subjects and their versions. */
export function subjectRoutes(routes: Server, registry: Registry): void {
  routes.get(
    '/subjects',
    { schema: { tags, summary: 'All subjects', response: { 200: Type.Array(Type.String()) } } },
    () => [...registry.subjects()],
  )
  routes.get(
    '/subjects/:subject/versions',
    {
      schema: {
        tags,
        summary: 'Versions of a subject',
        params: ofSubject,
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
        params: ofVersion,
        response: { 200: Version, ...failures },
      },
    },
    ({ params }) => versionJson(versionOf(registry, params.subject, params.version)),
  )
  routes.get(
    '/subjects/:subject/versions/:version/schema',
    {
      schema: {
        tags,
        summary: 'The schema itself',
        params: ofVersion,
        response: { 200: Type.Unknown(), ...failures },
      },
    },
    ({ params }) => versionOf(registry, params.subject, params.version).schema,
  )
}

/** Routes that look up the schema that a client sends. */
export function definitionRoutes(routes: Server, registry: Registry): void {
  routes.post(
    '/subjects/:subject',
    {
      schema: {
        tags,
        summary: 'Looks up a schema under a subject',
        params: ofSubject,
        body: Definition,
        response: { 200: Version, ...failures },
      },
    },
    ({ params, body }) => {
      const known = findVersion(registry, params.subject, body.schema)
      if (known === undefined) throw new RegistryError(40403, 'Schema not found')
      return versionJson(known)
    },
  )
  routes.post(
    '/subjects/:subject/versions',
    {
      schema: {
        tags,
        summary: 'The id of a registered schema; new schemas come with a release of the platform',
        params: ofSubject,
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
          'Operation not permitted: this registry is read-only; schemas come with a release of the platform.',
        )
      }
      return { id: known.id }
    },
  )
}

/** Routes for the compatibility level and the mode of the registry, which is read-only. */
export function configurationRoutes(routes: Server, registry: Registry): void {
  routes.get(
    '/config',
    { schema: { tags, summary: 'The compatibility rule for changes', response: { 200: Config } } },
    () => ({
      compatibilityLevel: COMPATIBILITY,
    }),
  )
  routes.get(
    '/config/:subject',
    {
      schema: {
        tags,
        summary: 'The compatibility rule for a subject',
        params: ofSubject,
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
    {
      schema: {
        tags,
        summary: 'The mode of the registry: READONLY',
        response: { 200: Type.Object({ mode: Type.String() }) },
      },
    },
    () => ({
      mode: 'READONLY',
    }),
  )
}

function versionJson({ subject, version, id, schema }: ReleasedSchema) {
  return { subject, version, id, schema: JSON.stringify(schema) }
}
