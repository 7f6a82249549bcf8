import { atMost, EVERY_DAY, FIVE_YEARS, hours, law, NOT_ADVICE, rule, THREE_YEARS } from './rule-parts.ts'

const daytime = [hours(EVERY_DAY, '08:00', '21:00')]

/** Federal law of the United States. */
export const usRules = law({
  description: `${NOT_ADVICE} Federal law of the USA only. Hours are those of the Telemarketing Sales Rule and the TCPA. States are often stricter (Florida: 8 to 20 o’clock and three calls in 24 hours): add a set of rules for each such state. Numbers of the National Do Not Call Registry must be sent as do-not-call events; the registry is to be read every 31 days at least. The limits of debt collection hold for each debt; here they hold for the customer, which is stricter. That service calls keep the same hours, and have a limit of three a day, is our own caution.`,
  sources: [
    '47 CFR 64.1200(a)(2), (a)(3): consent to automated calls; (a)(7): abandoned calls; (c)(1): hours; (c)(2): registry (TCPA)',
    '16 CFR 310.4(b)(4): abandoned calls; 310.4(c): hours; 310.4(d): what is said first; 310.5: records (Telemarketing Sales Rule)',
    '12 CFR 1006.6(b)(1), 1006.14(b)(2), 1006.18(e), 1006.100: hours, frequency, disclosure, records of debt collectors (Regulation F)',
  ],
  timeZones: [
    'America/New_York',
    'America/Chicago',
    'America/Denver',
    'America/Phoenix',
    'America/Los_Angeles',
    'America/Anchorage',
    'America/Adak',
    'Pacific/Honolulu',
    'America/Puerto_Rico',
    'Pacific/Guam',
    'Pacific/Pago_Pago',
  ],
  holidays: [],
  holidaysUntil: null,
  rules: [
    rule(
      { purposes: ['marketing'], channels: ['call'], hours: daytime, retentionDays: FIVE_YEARS },
      {
        attempts: [atMost(3, 1)],
        announcement: 'Who sells, that it is a sales call, and what is sold.',
        label: 'A number that can be called back, and the name of the seller or caller.',
        abandonShareMax: 0.03,
      },
    ),
    rule(
      { purposes: ['marketing'], channels: ['automated-call'], hours: daytime, retentionDays: FIVE_YEARS },
      {
        attempts: [atMost(3, 1)],
        consentForm: 'electronic',
        announcement: 'Who calls, at the beginning; then a way to opt out by voice or key.',
        label: 'A number that can be called back, and the name of the seller or caller.',
        abandonShareMax: 0.03,
      },
    ),
    rule(
      { purposes: ['service'], channels: ['call'], hours: daytime, retentionDays: FIVE_YEARS },
      { attempts: [atMost(3, 1)] },
    ),
    rule(
      { purposes: ['service'], channels: ['automated-call'], hours: daytime, retentionDays: FIVE_YEARS },
      { attempts: [atMost(3, 1)], consentForm: 'oral', announcement: 'Who calls, at the beginning.' },
    ),
    rule(
      { purposes: ['collection'], channels: ['call'], hours: daytime, retentionDays: THREE_YEARS },
      {
        attempts: [atMost(7, 7), atMost(1, 7, 'conversations')],
        announcement: 'That a debt collector calls, to collect a debt, and will use what is said for that.',
      },
    ),
    rule(
      { purposes: ['collection'], channels: ['automated-call'], hours: daytime, retentionDays: THREE_YEARS },
      {
        attempts: [atMost(7, 7), atMost(1, 7, 'conversations')],
        consentForm: 'oral',
        announcement: 'That a debt collector calls, to collect a debt, and will use what is said for that.',
      },
    ),
  ],
})
