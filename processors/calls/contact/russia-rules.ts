import { atMost, holiday, hours, law, NOT_ADVICE, rule, THREE_YEARS, WEEKDAYS } from './rule-parts.ts'

const WEEKEND = ['sat', 'sun', 'holiday'] as const
const label = 'Who calls and the kind of call, as the operator shows it.'

/** Federal law of Russia. */
export const russiaRules = law({
  description: `${NOT_ADVICE} Federal law of Russia. Hours and numbers of calls for collection are those of 230-FZ; a month is counted as 31 days, and calls of a machine are counted like others, which we are not sure of. The days off that the government moves each year are not among the holidays: add them. Advertising needs consent in a form that can be proved, and may not be dialled by a machine without a person: there is no rule for that, so it is refused. The law has no hours for advertising and service: those here, and the limits of their attempts, are our own caution. That calls of organisations are labelled since September 2025 (41-FZ) should be checked with your operator.`,
  sources: [
    'Федеральный закон от 03.07.2016 № 230-ФЗ, статья 7: hours, one call a day, two a week, eight a month',
    'Федеральный закон от 13.03.2006 № 38-ФЗ «О рекламе», статья 18, части 1 и 2: consent; no automatic dialling',
    'Федеральный закон от 27.07.2006 № 152-ФЗ «О персональных данных», статья 15: consent to direct contact',
    'Трудовой кодекс, статья 112: holidays',
    'Федеральный закон от 01.04.2025 № 41-ФЗ: labels of calls',
  ],
  timeZones: [
    'Europe/Kaliningrad',
    'Europe/Moscow',
    'Europe/Samara',
    'Asia/Yekaterinburg',
    'Asia/Omsk',
    'Asia/Krasnoyarsk',
    'Asia/Irkutsk',
    'Asia/Yakutsk',
    'Asia/Vladivostok',
    'Asia/Magadan',
    'Asia/Kamchatka',
  ],
  holidays: [
    ...['01', '02', '03', '04', '05', '06', '08'].map((day) => `01-${day} New Year holidays`),
    ...['01-07 Christmas', '02-23 Defender of the Fatherland Day', '03-08 International Women’s Day'],
    ...['05-01 Spring and Labour Day', '05-09 Victory Day', '06-12 Russia Day', '11-04 Unity Day'],
  ].map(holiday),
  holidaysUntil: null,
  rules: [
    rule(
      {
        purposes: ['collection'],
        channels: ['call', 'automated-call'],
        hours: [hours(WEEKDAYS, '08:00', '22:00'), hours(WEEKEND, '09:00', '20:00')],
        retentionDays: THREE_YEARS,
      },
      {
        attempts: [atMost(1, 1), atMost(2, 7), atMost(8, 31)],
        announcement: 'Name of the caller and of the creditor, and that there is an overdue debt.',
        label,
      },
    ),
    rule(
      {
        purposes: ['marketing'],
        channels: ['call'],
        hours: [hours(WEEKDAYS, '09:00', '20:00')],
        retentionDays: THREE_YEARS,
      },
      { attempts: [atMost(1, 1), atMost(3, 7)], consentForm: 'electronic', label },
    ),
    rule(
      {
        purposes: ['service'],
        channels: ['call', 'automated-call'],
        hours: [hours(WEEKDAYS, '09:00', '21:00'), hours(WEEKEND, '10:00', '20:00')],
        retentionDays: THREE_YEARS,
      },
      { attempts: [atMost(2, 1), atMost(5, 7)], label },
    ),
  ],
})
