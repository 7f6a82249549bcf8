/** The API with access by key, on the stored world with the second salesperson in another team. */
import { makeKey, type KeyRequest } from '../../../api/access/make-key.ts'
import { parseRoles } from '../../../api/access/roles.ts'
import type { OwnUse, Right } from '../../../api/http/access.ts'
import type { Database } from '../../../store/database.ts'
import { apiUnderTest, requiredAccess } from '../api-under-test.ts'
import { storeWorld } from '../stored-world.ts'

interface Sent {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly payload?: object
  readonly ifMatch?: string
}

interface Operation {
  readonly path: string
  readonly method: 'GET'
  readonly access: Right
  readonly own: OwnUse | undefined
}

export type AccessUnderTest = Awaited<ReturnType<typeof accessUnderTest>>

/** `roles`: JSON with roles beside the built-in ones. */
export async function accessUnderTest(roles = '{}') {
  const api = await apiUnderTest({ access: requiredAccess(parseRoles(roles)) })
  await storeWorld(api.database)
  await api.database.pool.query(`update opportunities set team_id = 'team-2' where salesperson_id = 's-2'`)
  await api.database.pool.query(
    `update priorities set entries = jsonb_path_query_array(entries, '$[*] ? (@.salespersonId == "s-1")') where scope = 'team'`,
  )

  /** Sends a request with a key, or without a credential. */
  async function call(key: string | undefined, url: string, { method = 'GET', payload, ifMatch }: Sent = {}) {
    const answer = await api.server.inject({
      method,
      url,
      headers: {
        ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
        ...(ifMatch === undefined ? {} : { 'if-match': ifMatch }),
      },
      ...(payload === undefined ? {} : { payload }),
    })
    return { status: answer.statusCode, headers: answer.headers, body: answer.body, json: <T>() => answer.json<T>() }
  }

  return {
    ...{ server: api.server, database: api.database, call },
    close: () => api.close(),
    issue: async (
      name: string,
      held: readonly string[],
      { salespersonId = null, teamId = null, days = 1 }: Partial<Omit<KeyRequest, 'name' | 'roles' | 'createdBy'>> = {},
    ) => makeKey(api.database, { name, roles: held, salespersonId, teamId, days, createdBy: 'security' }),
    /** Returns every operation that the API describes, with placeholders for its path parameters. */
    async operations(): Promise<Operation[]> {
      const { paths } = (await call(undefined, '/openapi.json')).json<{
        paths: Record<string, Record<string, { 'x-access': Right; 'x-own'?: OwnUse }>>
      }>()
      return Object.entries(paths).flatMap(([path, methods]) =>
        Object.entries(methods).map(([method, { 'x-access': access, 'x-own': own }]) => ({
          ...{ path, access, own },
          method: method.toUpperCase() as 'GET',
        })),
      )
    },
  }
}

export const filled = (path: string): string => path.replaceAll(/\{\w+\}/g, 'x')

/** Stores an open case on a visit of the first salesperson. */
export async function storeCase(database: Database): Promise<void> {
  await database.pool.query(
    `insert into cases (visit_id, id, customer_id, opportunity_id, salesperson_id, visited_at, step, revision, status, origin,
       propensity, visit_revision, verdict, false_score, invalid_score, evidence, policy_version, new_evidence, opened_at, overdue,
       lapses_at, second_person, occurred_at) values ('v-c-1-2', 'case', 'c-1', 'o-c-1', 's-1', now(), 1, 1, 'open', 'flagged', 1, 0,
       'invalid', 0, 1, '[]', 0, false, now(), false, now(), false, now())`,
  )
}
