import { sql, type Kysely, type Migration } from 'kysely'

const statements = [
  `alter table visits
    add column accuracy_m double precision,
    add column position_age_s double precision,
    add column mocked boolean,
    add column check_out_place jsonb,
    add column entered_at timestamptz,
    add column planned_from timestamptz,
    add column planned_until timestamptz,
    add column device_id text,
    add column photo_hash text`,
  `comment on column visits.accuracy_m is 'Radius in metres within which the device believed itself to be at check-in.'`,
  `comment on column visits.position_age_s is 'Age of the position in seconds when it was used.'`,
  `comment on column visits.mocked is 'The device said that an app made the position up.'`,
]

/** Circumstances of a visit besides its report: accuracy of its positions, plan, time of entry, device and photo. */
export default {
  async up(database: Kysely<never>) {
    for (const statement of statements) await sql.raw(statement).execute(database)
  },
} satisfies Migration
