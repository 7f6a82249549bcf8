import {
  array,
  boolean,
  documented,
  event,
  identifier,
  int,
  nullable,
  record,
  withRule,
  string,
  withDefault,
  type TypeOf,
} from '../avro/schema.ts'
import { isDate, ISO_DATE } from '../iso-date.ts'
import { between, itemsAtMost, nonNegative, oneOf, timeZone, textUpTo } from '../rules.ts'
import { globalTopic } from '../topic.ts'
import { callChannels, callDays, consentForms, contactPurposes } from './contact-terms.ts'
import { settingOfTheBank } from '../persons.ts'

const TIME = '^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$'
const timeOfDay = withRule('a time of day from 00:00 to 24:00', string, (text) => new RegExp(TIME).test(text), {
  pattern: TIME,
})

const date = withRule('a day such as 2026-12-25', string, isDate, { pattern: ISO_DATE })
const DATE_OR_YEARLY = '^([0-9]{4}|-)-[0-9]{2}-[0-9]{2}$'
const dateOrYearly = withRule(
  'a day such as 2026-12-25, or of each year such as --12-25',
  string,
  (text) => isDate(text.startsWith('--') ? `2000${text.slice(1)}` : text),
  { pattern: DATE_OR_YEARLY },
)

export const CallHours = record('CallHours', 'Permitted calling hours on these days, in the customer’s local time.', {
  days: itemsAtMost(callDays.length, array(oneOf(callDays))),
  from: timeOfDay,
  to: documented('End of the hours, exclusive; 24:00 is the end of the day.', timeOfDay),
})
export type CallHours = TypeOf<typeof CallHours>

/** Longest period over which attempts are counted, in days. */
export const ATTEMPT_DAYS_MAX = 92

export const AttemptLimit = record('AttemptLimit', 'A limit on how often a customer may be called.', {
  most: documented('Maximum number of calls within the days.', between(1, 100, int)),
  days: documented(
    'Number of local calendar days: the day of the call and those before it.',
    between(1, ATTEMPT_DAYS_MAX, int),
  ),
  of: documented(
    'Calls that count: every outbound call, or only those that were answered.',
    oneOf(['calls', 'conversations']),
  ),
})
export type AttemptLimit = TypeOf<typeof AttemptLimit>

export const ContactRule = record('ContactRule', 'A rule for calls with these purposes and channels.', {
  purposes: itemsAtMost(contactPurposes.length, array(oneOf(contactPurposes))),
  channels: itemsAtMost(callChannels.length, array(oneOf(callChannels))),
  hours: documented('Permitted calling hours; nobody is called outside them.', itemsAtMost(50, array(CallHours))),
  attempts: documented(
    'Limits on attempts, all of which apply; empty: no limit.',
    itemsAtMost(10, array(AttemptLimit)),
  ),
  consentForm: documented(
    'Weakest form of consent that is enough; null if no consent is needed.',
    nullable(oneOf(consentForms)),
  ),
  announcement: documented('Words that must be said at the beginning of the call.', nullable(textUpTo(1_000))),
  label: documented('Text that the called telephone must display.', nullable(textUpTo(500))),
  retentionDays: documented('Days for which consents and calls are kept as proof.', nonNegative(int)),
  abandonShareMax: documented(
    'Maximum share of answered calls without an agent, over 30 days; null: no limit.',
    nullable(between(0, 1)),
  ),
})
export type ContactRule = TypeOf<typeof ContactRule>

const Holiday = record('Holiday', 'A public holiday.', { date: dateOrYearly, name: textUpTo(100) })

export const ContactRules = event(
  'ContactRules',
  'When, how often and for what customers of a jurisdiction may be called.',
  {
    jurisdiction: identifier,
    version: int,
    description: documented('Description of the law, and how reliable this reading of it is.', textUpTo(4_000)),
    sources: documented('Laws with their sections.', itemsAtMost(50, array(textUpTo(500)))),
    timeZones: documented(
      'All time zones of the jurisdiction. If the customer’s time zone is unknown, a call must be allowed in each of them.',
      itemsAtMost(100, array(timeZone)),
    ),
    holidays: itemsAtMost(1_000, array(Holiday)),
    holidaysUntil: documented(
      'Last day up to which all holidays are listed; each later day counts as a possible holiday. null: the list is complete.',
      nullable(date),
    ),
    rules: documented(
      'Rules by purpose and channel; calls that no rule covers are not allowed.',
      itemsAtMost(50, array(ContactRule)),
    ),
    retired: documented(
      'Whether the rules are no longer used: nobody is called under them.',
      withDefault(boolean, false),
    ),
    changedBy: string,
  },
)
export type ContactRules = TypeOf<typeof ContactRules>

export const contactRules = globalTopic<ContactRules>({
  name: 'contact-rules',
  schema: ContactRules,
  key: 'jurisdiction',
  persons: settingOfTheBank,
  keyOf: ({ jurisdiction }) => jurisdiction,
  versionOf: ({ version }) => version,
  producer: 'API',
})
