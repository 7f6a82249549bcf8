import { Type, type Static } from 'typebox'
import { setThreshold, thresholdVersions, type ThresholdVersion } from '../store/thresholds.ts'
import type { ApiPorts } from './ports.ts'
import { ProblemError, problems } from './problem.ts'
import { Name, nullable, Time } from './schema-parts.ts'
import type { Server } from './server.ts'
import { ChangedBy, edit, entityTag, IfMatch, seenVersion } from './versions.ts'

const Version = Type.Object({
  task: Type.String(),
  version: Type.Integer({ description: '0: as delivered.' }),
  value: nullable(Type.Number(), 'null: the task raises no alert.'),
  changedBy: nullable(Type.String()),
  changedAt: nullable(Time),
})
const Threshold = Type.Object({
  ...Version.properties,
  history: Type.Array(Version, { description: 'Every version that people have set, newest first.' }),
})
const Change = Type.Object(
  {
    value: Type.Number({ minimum: 0, maximum: 1 }),
    changedBy: ChangedBy,
  },
  { additionalProperties: false },
)

/** The probability above which a task raises its alert: every change is on record and reaches the processors without a restart (spec L3). */
export function thresholdsRoutes(server: Server, { database, tasks, delivered }: ApiPorts): void {
  const params = Type.Object({ task: Name })

  function requireTask(name: string): void {
    if (tasks.some((task) => task.name === name)) return
    const known = tasks.map((task) => task.name).join(', ')
    throw new ProblemError('not-found', `There is no task ${JSON.stringify(name)}. There are: ${known}.`)
  }

  server.get(
    '/thresholds/:task',
    {
      schema: {
        tags: ['settings'],
        summary: 'The threshold of a task, with its history; the ETag is its version',
        params,
        response: { 200: Threshold, ...problems('not-found') },
      },
    },
    async ({ params: { task } }, reply) => {
      requireTask(task)
      const versions = (await thresholdVersions(database, task)).map(versionJson)
      const value = delivered.thresholds.get(task) ?? null
      const newest = versions[0] ?? { task, version: 0, value, changedBy: null, changedAt: null }
      return reply.header('etag', entityTag(newest.version)).send({ ...newest, history: versions })
    },
  )
  server.put(
    '/thresholds/:task',
    {
      schema: {
        tags: ['settings'],
        summary: 'Sets the threshold; If-Match carries the version that you have seen',
        params,
        headers: IfMatch,
        body: Change,
        response: {
          200: Version,
          ...problems('invalid-request', 'forbidden-origin', 'not-found', 'conflict', 'version-required'),
        },
      },
    },
    async ({ params: { task }, headers, body }, reply) => {
      requireTask(task)
      const expectedVersion = seenVersion(headers['if-match'])
      const set = await edit(() => setThreshold(database, { task, ...body, expectedVersion }))
      return reply.header('etag', entityTag(set.version)).send(versionJson(set))
    },
  )
}

function versionJson({ changedAt, ...rest }: ThresholdVersion): Static<typeof Version> {
  return { ...rest, changedAt: changedAt.toISOString() }
}
