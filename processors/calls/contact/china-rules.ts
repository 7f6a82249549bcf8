import { atMost, holiday, hours, law, NOT_ADVICE, rule, THREE_YEARS, WEEKDAYS } from './rule-parts.ts'

const WORKDAYS = [...WEEKDAYS, 'sat'] as const
const label = 'A number that is registered for this use.'

/** National law of mainland China. */
export const chinaRules = law({
  description: `${NOT_ADVICE} National law of mainland China. Consent to commercial calls follows the act on personal information and the act on advertising; the draft of MIIT on messages and voice calls (2020) would demand it too, and was not in force when this was written, as far as we know. The law has no hours for commercial calls: those here, and the limits of all attempts, are our own caution; of collection we only know that industry rules forbid it from 22 to 8 o’clock. Holidays are the statutory days of 2026 and 2027; the days off that the State Council moves each year are not among them: add them. Part of Xinjiang uses a clock of its own, so both count where the zone is not known.`,
  sources: [
    '中华人民共和国个人信息保护法 (2021) 第十三、十四、十五条: consent and its withdrawal',
    '中华人民共和国广告法 第四十三条: advertising needs consent or a request',
    '工业和信息化部《通信短信息和语音呼叫服务管理规定（征求意见稿）》(2020): commercial calls need consent (draft)',
    '全国年节及纪念日放假办法 (2024): holidays',
  ],
  timeZones: ['Asia/Shanghai', 'Asia/Urumqi'],
  holidays: [
    ...['01-01 元旦', '05-01 劳动节', '05-02 劳动节', '10-01 国庆节', '10-02 国庆节', '10-03 国庆节'],
    ...['16', '17', '18', '19'].map((day) => `2026-02-${day} 春节`),
    ...['2026-04-05 清明节', '2026-06-19 端午节', '2026-09-25 中秋节'],
    ...['05', '06', '07', '08'].map((day) => `2027-02-${day} 春节`),
    ...['2027-04-05 清明节', '2027-06-09 端午节', '2027-09-15 中秋节'],
  ].map(holiday),
  holidaysUntil: '2027-12-31',
  rules: [
    rule(
      {
        purposes: ['marketing'],
        channels: ['call', 'automated-call'],
        hours: [hours(WORKDAYS, '09:00', '12:00'), hours(WORKDAYS, '14:00', '20:00')],
        retentionDays: THREE_YEARS,
      },
      {
        attempts: [atMost(1, 1), atMost(3, 7)],
        consentForm: 'electronic',
        announcement: 'Who calls and why; of a machine, that it is one.',
        label,
      },
    ),
    rule(
      {
        purposes: ['service'],
        channels: ['call', 'automated-call'],
        hours: [hours([...WORKDAYS, 'sun'], '09:00', '20:00')],
        retentionDays: THREE_YEARS,
      },
      {
        attempts: [atMost(2, 1), atMost(5, 7)],
        announcement: 'Who calls and why; of a machine, that it is one.',
        label,
      },
    ),
    rule(
      {
        purposes: ['collection'],
        channels: ['call', 'automated-call'],
        hours: [hours([...WORKDAYS, 'sun'], '09:00', '20:00')],
        retentionDays: THREE_YEARS,
      },
      { attempts: [atMost(1, 1), atMost(3, 7)], announcement: 'Who calls, for which creditor.', label },
    ),
  ],
})
