import { sql } from 'kysely'
import type { Reader } from '../database.ts'
import type { PageRequest } from '../sql/page.ts'
import { REDRIVE } from './redrives.ts'

/** An act of a person, or of the platform itself, that changed settings, models in use, API keys or personal data. */
export interface Change {
  readonly id: string
  readonly occurredAt: Date
  /** Name of the setting, `redrive`, `model`, `api-key`, `personal-data` or `customer-merge`. */
  readonly kind: string
  /** Key of the setting, place of the record, task of the model, name of the key, or digest of the person. */
  readonly subject: string
  /** `set`, or what was done. */
  readonly act: string
  /** Version of the setting; null for everything else. */
  readonly version: number | null
  readonly modelId: string | null
  readonly changedBy: string
  /** The reason stated beside a setting, or its own field of that name; null if there is none. */
  readonly reason: string | null
  /** What was valid before; null if there was nothing, or the setting had its default. */
  readonly before: object | null
  /** What is valid from then on; null if nothing is. */
  readonly after: object | null
}

/** Kinds of acts on people’s access and data. */
const ADMINISTRATION = ['api-key', 'personal-data', 'customer-merge']

export interface ChangeFilter {
  readonly kind?: string
  readonly subject?: string
  readonly changedBy?: string
  /** Inclusive. */
  readonly since?: Date
  /** Exclusive. */
  readonly until?: Date
}

/**
 * Lists changes, newest first. Their times are cut to milliseconds, which is what a page's position has.
 * `administration`: whether acts on API keys and on personal data are among them.
 */
export async function listChanges(
  database: Reader,
  { kind, subject, changedBy, since, until }: ChangeFilter,
  { limit, after }: PageRequest,
  administration: boolean,
): Promise<Change[]> {
  const hidden = administration ? [] : ADMINISTRATION
  const { rows } = await sql<Change>`
    select id, occurred_at, kind, subject, act, version, model_id, changed_by, reason, after, case source
      when 'setting' then (select value from setting_versions former where setting = kind and key = subject
        and former.version < changes.version order by former.version desc limit 1)
      when 'model' then (select live from model_acts former where task = subject and former.id < changes.number
        order by former.id desc limit 1)
      else former end as before
    from (${everyChange}) as changes
    where kind <> all(${hidden})
    and (${kind ?? null}::text is null or kind = ${kind ?? null})
    and (${subject ?? null}::text is null or subject = ${subject ?? null})
    and (${changedBy ?? null}::text is null or changed_by = ${changedBy ?? null})
    and (${since ?? null}::timestamptz is null or occurred_at >= ${since ?? null})
    and (${until ?? null}::timestamptz is null or occurred_at < ${until ?? null})
    and (${after?.at ?? null}::timestamptz is null or (occurred_at, id) < (${after?.at ?? null}, ${after?.id ?? null}))
    order by occurred_at desc, id desc limit ${limit}`.execute(database)
  return rows
}

/** What a key allows, as in the responses of the API. */
const keyContent = sql`jsonb_build_object('id', id, 'roles', roles, 'salespersonId', salesperson_id, 'teamId', team_id, 'expiresAt', expires_at)`

/** `number`, `former`: how the act before it is found, or what was valid before. */
const everyChange = sql`
  select 'setting/' || setting || '/' || key || '/' || version as id,
    date_trunc('milliseconds', changed_at) as occurred_at, setting as kind, key as subject,
    'set' as act, version, null as model_id, changed_by, coalesce(reason, value ->> 'reason') as reason, value as after,
    'setting' as source,
    null::bigint as number, null::jsonb as former
  from setting_versions where setting <> ${REDRIVE}
  union all select 'redrive/' || key, date_trunc('milliseconds', changed_at), setting, key,
    'redriven', null, null, changed_by, reason, value, null, null, null
  from setting_versions where setting = ${REDRIVE}
  union all select 'model/' || id, date_trunc('milliseconds', acted_at), 'model', task,
    act, null, model_id, acted_by, reason, live, 'model', id, null
  from model_acts where act <> 'warn'
  union all select 'key/' || id || '/created', date_trunc('milliseconds', created_at), 'api-key', name,
    'created', null, null, created_by, null, ${keyContent}, null, null, null
  from api_keys
  union all select 'key/' || id || '/revoked', date_trunc('milliseconds', revoked_at), 'api-key', name,
    'revoked', null, null, revoked_by, null, null, null, null, ${keyContent}
  from api_keys where revoked_at is not null
  union all select 'person/' || id, date_trunc('milliseconds', done_at), 'personal-data', digest,
    act, null, null, done_by, reason, case when refused_until is not null then
      jsonb_build_object('refusedUntil', refused_until) end, null, null, null
  from personal_data_acts
  union all select 'merge/' || id, date_trunc('milliseconds', merged_at), 'customer-merge', customer_id,
    'merged', null, null, coalesce(changed_by, 'scoreline'), reason, jsonb_build_object('into', into_id), null, null, null
  from customer_merges`
