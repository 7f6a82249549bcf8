import { Type, type Static, type TSchema } from 'typebox'
import { PolicyHold } from '../../schemas/visits/policy-holds.ts'
import type { VersionedSetting } from '../../schemas/platform/versioned-setting.ts'
import { ActivationHeldError, heldActivations, NoEarlierVersionError } from '../../store/visits/held-activations.ts'
import { newestSetting, settingVersions } from '../../store/versioned-settings.ts'
import { responseFields } from '../http/response-fields.ts'
import { isoTimes } from '../http/iso-times.ts'
import { ProblemError, problems } from '../http/problem.ts'
import { Name, nullable, Time } from '../http/schema-parts.ts'
import type { Server } from '../http/server.ts'
import { ChangedBy, entityTag, Force, IfMatch, parseIfMatch, ChangeReason } from '../http/versions.ts'
import { BusyError, type ApiPorts } from '../ports.ts'
import {
  settingJson,
  checkedValue,
  requireDefault,
  withEditProblems,
  valueSchema,
  versionSchema,
} from '../versioned-settings.ts'
import { BacktestReport } from './backtest-report.ts'

const params = Type.Object({ name: Name })
const HELD_MAX = 50
/** Longest backtest over the API; `scoreline policies backtest` takes more days. */
const DAYS_MAX = 90

/** Schema of a policy to try or to activate: the policy itself, or the number of a former version. */
function candidateSchema(setting: VersionedSetting) {
  return {
    value: Type.Optional(Type.Unsafe<Record<string, unknown>>(valueSchema(setting) as TSchema)),
    version: Type.Optional(Type.Integer({ minimum: 0, description: 'A former version; 0 for the built-in default.' })),
  }
}
/** Body of an edit, next to the fields of the policy. */
type Edit = { readonly changedBy: string; readonly reason: string; readonly force?: boolean }
type Candidate = { readonly value?: Record<string, unknown>; readonly version?: number }

/** Routes to try, activate and roll back policies. */
export function policiesRoutes(server: Server, ports: ApiPorts): void {
  const setting = ports.settings.find(({ activated }) => activated === true)
  if (setting === undefined) return
  editRoute(server, ports, setting)
  activationRoutes(server, ports, setting)
  trialRoute(server, ports, setting)
  stateRoute(server, ports, setting)
}

/** Returns the parts of the schema that all routes that activate a policy share. */
function activationSchema(setting: VersionedSetting) {
  const failures = problems(
    'invalid-request',
    'forbidden-origin',
    'not-found',
    'held',
    'conflict',
    'version-required',
    'unavailable',
  )
  const response = { 200: versionSchema(setting), ...failures }
  return { tags: ['settings'], params, headers: IfMatch, response }
}

/** Adds the PUT route of a setting, which activates the policy. */
function editRoute(server: Server, { policies }: ApiPorts, setting: VersionedSetting): void {
  const schema = valueSchema(setting)
  server.put(
    '/policies/:name',
    {
      config: { access: 'write-settings' },
      schema: {
        ...activationSchema(setting),
        summary: 'Changes a policy; If-Match carries the version that you have seen',
        body: Type.Unsafe<Edit>({
          ...schema,
          required: [...schema.required, 'changedBy', 'reason'],
          properties: { ...schema.properties, changedBy: ChangedBy, reason: ChangeReason, force: Force },
        } as TSchema),
      },
    },
    async ({ params: { name }, headers, body: { changedBy, reason, force = false, ...fields } }, reply) => {
      requireDefault(setting, name)
      const expectedVersion = parseIfMatch(headers['if-match'])
      const value = checkedValue(setting, name, fields)
      const set = await withTrialProblems(() => policies.activate({ value, changedBy, reason, force, expectedVersion }))
      return reply.header('etag', entityTag(set.version)).send(settingJson(setting, set) as never)
    },
  )
}

function activationRoutes(server: Server, ports: ApiPorts, setting: VersionedSetting): void {
  const common = activationSchema(setting)
  server.post(
    '/policies/:name/activate',
    {
      config: { access: 'write-settings' },
      schema: {
        ...common,
        summary:
          'Activates a policy or a former version of it, after a trial on past visits; If-Match carries the version that you have seen',
        body: Type.Object(
          { ...candidateSchema(setting), changedBy: ChangedBy, reason: ChangeReason, force: Type.Optional(Force) },
          { additionalProperties: false },
        ),
      },
    },
    async ({ params: { name }, headers, body }, reply) => {
      const { changedBy, reason, force = false } = body
      const expectedVersion = parseIfMatch(headers['if-match'])
      const value = await candidateOf(ports, setting, name, body)
      const set = await withTrialProblems(() =>
        ports.policies.activate({ value, changedBy, reason, force, expectedVersion }),
      )
      return reply.header('etag', entityTag(set.version)).send(settingJson(setting, set) as never)
    },
  )
  server.post(
    '/policies/:name/rollback',
    {
      config: { access: 'write-settings' },
      schema: {
        ...common,
        response: { ...common.response, ...problems('held', 'not-possible') },
        summary:
          'Activates the policy that was active before the newest version; If-Match carries the version that you have seen',
        body: Type.Object({ changedBy: ChangedBy, reason: ChangeReason }, { additionalProperties: false }),
      },
    },
    async ({ params: { name }, headers, body }, reply) => {
      requireDefault(setting, name)
      const expectedVersion = parseIfMatch(headers['if-match'])
      const set = await withTrialProblems(() => ports.policies.rollback({ ...body, expectedVersion }))
      return reply.header('etag', entityTag(set.version)).send(settingJson(setting, set) as never)
    },
  )
}

function trialRoute(server: Server, ports: ApiPorts, setting: VersionedSetting): void {
  server.post(
    '/policies/:name/backtest',
    {
      config: { access: 'write-settings' },
      schema: {
        tags: ['settings'],
        summary: 'Compares a policy with the active one on past visits; nothing is changed',
        description: `Reads at most the newest 50,000 visits and takes some seconds; \`scoreline policies backtest\` can read more.`,
        params,
        body: Type.Object(
          {
            ...candidateSchema(setting),
            days: Type.Integer({
              minimum: 1,
              maximum: DAYS_MAX,
              default: 7,
              description: 'Days up to the newest visit.',
            }),
          },
          { additionalProperties: false },
        ),
        response: {
          200: BacktestReport,
          ...problems('invalid-request', 'forbidden-origin', 'not-found', 'unavailable'),
        },
      },
    },
    async ({ params: { name }, body }) => {
      const value = await candidateOf(ports, setting, name, body)
      const report = await withTrialProblems(() => ports.policies.backtest(value, body.days))
      if (report === undefined) throw new ProblemError('not-found', 'There are no visits yet to try the policy on.')
      return report
    },
  )
}

/** Runs a trial or activation. Throws a problem if it is refused, held or not started. */
async function withTrialProblems<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await withEditProblems(work)
  } catch (error) {
    if (error instanceof ActivationHeldError) throw new ProblemError('held', error.message)
    if (error instanceof NoEarlierVersionError) throw new ProblemError('not-possible', error.message)
    if (error instanceof BusyError) throw new ProblemError('unavailable', error.message)
    throw error
  }
}

const State = Type.Object({
  activated: Type.Integer({ description: 'The version that was activated last; 0 for the built-in default.' }),
  inForce: Type.Integer({
    description: 'The version that verdicts follow, which is an earlier one while the last one is held.',
  }),
  hold: nullable(
    Type.Object(responseFields(PolicyHold, ['id', 'source', 'inForce', 'heldModels'])),
    'The last hold of the circuit breaker; null if it never held a policy.',
  ),
  refused: Type.Array(
    Type.Object({ heldAt: Time, changedBy: Type.String(), reason: Type.String(), why: Type.String() }),
    { description: `Activations that were refused after a trial, latest first, at most ${HELD_MAX}.` },
  ),
})

function stateRoute(server: Server, { database, policies }: ApiPorts, setting: VersionedSetting): void {
  server.get(
    '/policies/:name/state',
    {
      config: { access: 'read-settings' },
      schema: {
        tags: ['settings'],
        summary: 'The active version, what the circuit breaker holds, and which activations were refused',
        params,
        response: { 200: State, ...problems('not-found') },
      },
    },
    async ({ params: { name } }): Promise<Static<typeof State>> => {
      requireDefault(setting, name)
      const newest = await newestSetting(database, setting, name)
      const refused = await heldActivations(database, setting.name, name, HELD_MAX)
      const hold = policies.hold()
      return {
        activated: newest?.version ?? 0,
        inForce: await policies.activeVersion(),
        hold: hold === undefined ? null : { ...hold, occurredAt: new Date(hold.occurredAt).toISOString() },
        refused: refused.map(({ checked, ...one }) => ({ ...isoTimes(one), why: checked.text })),
      }
    },
  )
}

async function candidateOf(
  { database }: ApiPorts,
  setting: VersionedSetting,
  name: string,
  { value, version }: Candidate,
): Promise<object> {
  const builtIn = requireDefault(setting, name)
  if ((value === undefined) === (version === undefined))
    throw new ProblemError(
      'invalid-request',
      'Send either `value`, a policy, or `version`, the number of a former one.',
    )
  if (value !== undefined) return checkedValue(setting, name, value)
  if (version === 0) return builtIn.value
  const versions = await settingVersions(database, setting, name)
  const found = versions.find((one) => one.version === version)
  if (found !== undefined) return found.value
  throw new ProblemError(
    'not-found',
    `There is no version ${version} of ${name}; the newest is ${versions[0]?.version ?? 0}.`,
  )
}
