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
import { between, oneOf, wordsUpTo } from '../rules.ts'
import { globalTopic } from '../topic.ts'

/** Who or what answered a call. */
const answerers = ['person', 'machine', 'nobody'] as const

const YEAR_MINUTES = 365 * 24 * 60

export const RecycleRule = record('RecycleRule', 'When the customer is called again after this outcome.', {
  afterMinutes: documented('After the call, at the earliest.', between(1, YEAR_MINUTES, int)),
  attemptsMax: documented(
    'After so many calls with this outcome the customer is not called again.',
    between(1, 50, int),
  ),
})
export type RecycleRule = TypeOf<typeof RecycleRule>

export const Disposition = event('Disposition', 'An outcome that a call may have, and what follows from it.', {
  code: identifier,
  version: int,
  description: wordsUpTo(200),
  answeredBy: oneOf(answerers),
  interested: withDefault(boolean, false),
  refused: documented('The customer does not want this offer.', withDefault(boolean, false)),
  abandoned: documented('A person answered, but no agent was free.', withDefault(boolean, false)),
  unworkable: documented('The number is not in service, or belongs to somebody else.', withDefault(boolean, false)),
  doNotCall: documented('The customer wants no calls at all: sent as a do-not-call.', withDefault(boolean, false)),
  recycle: documented('null: the customer is not called again, unless for a callback.', nullable(RecycleRule)),
  retired: documented('It is no longer used.', withDefault(boolean, false)),
  changedBy: string,
})
export type Disposition = TypeOf<typeof Disposition>

export const dispositions = globalTopic<Disposition>({
  name: 'dispositions',
  schema: Disposition,
  key: 'code',
  keyOf: ({ code }) => code,
  versionOf: ({ version }) => version,
  producer: 'API',
})
