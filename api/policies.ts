import { Type, type Static, type TSchema } from 'typebox'
import { policies as policiesTopic, PolicyRule } from '../schemas/globals.ts'
import { fromJson } from '../schemas/json-event.ts'
import { policyVersions, setPolicy } from '../store/policies.ts'
import { eventSchema } from './event-schema.ts'
import type { ApiPorts } from './ports.ts'
import { ProblemError, problems } from './problem.ts'
import { Name, nullable, Time } from './schema-parts.ts'
import type { Server } from './server.ts'
import { ChangedBy, edit, entityTag, IfMatch, seenVersion } from './versions.ts'

const Rule = Type.Object({
  verdict: Type.String({ description: 'fine, invalid or suspected_false.' }),
  visitCountMin: Type.Integer(),
  withinDays: nullable(Type.Integer(), 'Counts only visits within so many days before the latest one; null: all.'),
  probabilityBelow: nullable(Type.Number()),
  probabilityMovedLessThan: nullable(Type.Number(), 'Largest minus smallest probability over the counted visits.'),
})
const Version = Type.Object({
  name: Type.String(),
  version: Type.Integer({ description: '0: as delivered.' }),
  rules: Type.Array(Rule, { description: 'The first rule whose every condition holds decides.' }),
  changedBy: nullable(Type.String()),
  changedAt: nullable(Time),
})
const Policy = Type.Object({
  ...Version.properties,
  history: Type.Array(Version, { description: 'Every version that people have set, newest first.' }),
})
const Change = Type.Object(
  {
    rules: Type.Array(Type.Unsafe<unknown>(eventSchema(PolicyRule) as TSchema), { maxItems: 100 }),
    changedBy: ChangedBy,
  },
  { additionalProperties: false },
)

/** Policies are versioned tables: every change is on record and reaches the processors without a restart (spec V5). */
export function policiesRoutes(server: Server, { database, delivered }: ApiPorts): void {
  const params = Type.Object({ name: Name })

  function deliveredRules(name: string): readonly PolicyRule[] {
    const rules = delivered.policies.get(name)
    if (rules !== undefined) return rules
    throw new ProblemError(
      'not-found',
      `There is no policy ${JSON.stringify(name)}. There are: ${[...delivered.policies.keys()].join(', ')}.`,
    )
  }

  server.get(
    '/policies/:name',
    {
      schema: {
        tags: ['settings'],
        summary: 'A policy, with its history; the ETag is its version',
        params,
        response: { 200: Policy, ...problems('not-found') },
      },
    },
    async ({ params: { name } }, reply) => {
      const rules = [...deliveredRules(name)]
      const versions = (await policyVersions(database, name)).map(versionJson)
      const newest = versions[0] ?? { name, version: 0, rules, changedBy: null, changedAt: null }
      return reply.header('etag', entityTag(newest.version)).send({ ...newest, history: versions })
    },
  )
  server.put(
    '/policies/:name',
    {
      schema: {
        tags: ['settings'],
        summary: 'Sets the rules of a policy; If-Match carries the version that you have seen',
        params,
        headers: IfMatch,
        body: Change,
        response: {
          200: Version,
          ...problems('invalid-request', 'forbidden-origin', 'not-found', 'conflict', 'version-required'),
        },
      },
    },
    async ({ params: { name }, headers, body }, reply) => {
      deliveredRules(name)
      const expectedVersion = seenVersion(headers['if-match'])
      const rules = checkedRules(name, body)
      const set = await edit(() => setPolicy(database, { name, rules, changedBy: body.changedBy, expectedVersion }))
      return reply.header('etag', entityTag(set.version)).send(versionJson(set))
    },
  )
}

/** The definition of the topic that carries policies to the processors checks them here too. */
function checkedRules(name: string, { rules, changedBy }: Static<typeof Change>): readonly PolicyRule[] {
  const event = { id: 'edit', occurredAt: 0, source: 'api', name, version: 1, rules, changedBy }
  const converted = fromJson(policiesTopic, event)
  if (converted.ok) return converted.value.rules
  const parts = converted.problems.map((problem) => ({ part: 'body', ...problem }))
  throw new ProblemError('invalid-request', 'The body is not as it must be.', parts)
}

interface StoredVersion {
  readonly name: string
  readonly version: number
  readonly rules: readonly PolicyRule[]
  readonly changedBy: string
  readonly changedAt: Date
}

function versionJson({ changedAt, rules, ...rest }: StoredVersion): Static<typeof Version> {
  return { ...rest, rules: [...rules], changedAt: changedAt.toISOString() }
}
