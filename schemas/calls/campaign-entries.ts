import {
  boolean,
  documented,
  event,
  identifier,
  nullable,
  ruled,
  string,
  timestamp,
  withDefault,
  type TypeOf,
} from '../avro/schema.ts'
import { between, wordsUpTo } from '../rules.ts'
import { topic } from '../topic.ts'

const E164 = '^\\+[1-9][0-9]{4,14}$'
/** Telephone number with the country code and without blanks (ITU-T E.164). */
const phoneNumber = ruled('a telephone number such as +862112345678', string, (text) => new RegExp(E164).test(text), {
  pattern: E164,
})

/** Maximum value of an entry; sums of larger ones would lose their cents. */
const ENTRY_VALUE_MAX = 1e12

export const CampaignEntry = event(
  'CampaignEntry',
  'A customer on the list of a campaign. The latest of a campaign and customer counts.',
  {
    customerId: identifier,
    campaign: identifier,
    list: documented('Where it comes from: a file, a system.', wordsUpTo(200)),
    phone: documented('null: the call system knows it.', nullable(phoneNumber)),
    value: documented(
      'What a success is worth, in one unit for the whole campaign; null: as much as 1.',
      nullable(between(0, ENTRY_VALUE_MAX)),
    ),
    notBefore: documented('The customer is not called earlier.', nullable(timestamp)),
    removed: documented('The customer is taken off the list.', withDefault(boolean, false)),
  },
)
export type CampaignEntry = TypeOf<typeof CampaignEntry>

export const campaignEntries = topic<CampaignEntry>({
  name: 'campaign-entries',
  schema: CampaignEntry,
  key: 'customerId',
  keyOf: ({ customerId }) => customerId,
  retention: { days: 365 },
  role: 'input',
  producer: 'CRM, `scoreline campaigns import`',
})
