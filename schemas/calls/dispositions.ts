import {
  boolean,
  documented,
  event,
  identifier,
  int,
  nullable,
  record,
  string,
  withDefault,
  type TypeOf,
} from '../avro/schema.ts'
import { between, oneOf, textUpTo } from '../rules.ts'
import { globalTopic } from '../topic.ts'
import { settingOfTheBank } from '../persons.ts'

/** Who or what answered a call. */
const answerers = ['person', 'machine', 'nobody'] as const

const YEAR_MINUTES = 365 * 24 * 60

export const RecycleRule = record('RecycleRule', 'When the customer is called again after this outcome.', {
  afterMinutes: documented('Minimum time after the call, in minutes.', between(1, YEAR_MINUTES, int)),
  attemptsMax: documented(
    'Number of calls with this outcome after which the customer is not called again.',
    between(1, 50, int),
  ),
})
export type RecycleRule = TypeOf<typeof RecycleRule>

export const Disposition = event('Disposition', 'A possible outcome of a call, and what follows from it.', {
  code: identifier,
  version: int,
  description: textUpTo(200),
  answeredBy: oneOf(answerers),
  interested: withDefault(boolean, false),
  refused: documented('Whether the customer declined this offer.', withDefault(boolean, false)),
  abandoned: documented('Whether a person answered but no agent was free.', withDefault(boolean, false)),
  unworkable: documented(
    'Whether the number is out of service or belongs to somebody else.',
    withDefault(boolean, false),
  ),
  doNotCall: documented(
    'Whether the customer wants no calls at all, which is sent as a do-not-call.',
    withDefault(boolean, false),
  ),
  recycle: documented('When to call again; null: not at all, except for a callback.', nullable(RecycleRule)),
  retired: documented('Whether it is no longer used.', withDefault(boolean, false)),
  changedBy: string,
})
export type Disposition = TypeOf<typeof Disposition>

export const dispositions = globalTopic<Disposition>({
  name: 'dispositions',
  schema: Disposition,
  key: 'code',
  persons: settingOfTheBank,
  keyOf: ({ code }) => code,
  versionOf: ({ version }) => version,
  producer: 'API',
})
