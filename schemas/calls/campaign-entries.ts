import {
  boolean,
  documented,
  event,
  identifier,
  nullable,
  personal,
  withRule,
  string,
  timestamp,
  withDefault,
  type TypeOf,
} from '../avro/schema.ts'
import { between, textUpTo } from '../rules.ts'
import { topic } from '../topic.ts'
import { byKey } from '../persons.ts'

const E164 = '^\\+[1-9][0-9]{4,14}$'
/** Telephone number with the country code and without blanks (ITU-T E.164). */
const phoneNumber = withRule(
  'a telephone number such as +862112345678',
  string,
  (text) => new RegExp(E164).test(text),
  {
    pattern: E164,
  },
)

/** Maximum value of an entry; sums of larger ones would lose their cents. */
const ENTRY_VALUE_MAX = 1e12

export const CampaignEntry = event(
  'CampaignEntry',
  'A customer on the call list of a campaign. The latest event per campaign and customer applies.',
  {
    customerId: identifier,
    campaign: identifier,
    list: documented('Source of the entry: a file or a system.', textUpTo(200)),
    phone: personal(
      'contact',
      documented('Telephone number in E.164; null if the call system knows it.', nullable(phoneNumber)),
    ),
    value: documented(
      'Value of a success, in one unit for the whole campaign; null counts as 1.',
      nullable(between(0, ENTRY_VALUE_MAX)),
    ),
    notBefore: documented('Earliest time to call the customer; null: at once.', nullable(timestamp)),
    removed: documented('Whether the customer is taken off the list.', withDefault(boolean, false)),
  },
)
export type CampaignEntry = TypeOf<typeof CampaignEntry>

export const campaignEntries = topic<CampaignEntry>({
  name: 'campaign-entries',
  schema: CampaignEntry,
  key: 'customerId',
  persons: byKey,
  keyOf: ({ customerId }) => customerId,
  retention: { days: 365 },
  role: 'input',
  producer: 'CRM, `scoreline campaigns import`',
})
