import { atMost, FIVE_YEARS, holiday, hours, law, NOT_ADVICE, rule, WEEKDAYS } from './rule-parts.ts'

const marketingHours = [hours(WEEKDAYS, '10:00', '13:00'), hours(WEEKDAYS, '14:00', '20:00')]
const serviceHours = [hours(WEEKDAYS, '08:00', '20:00'), hours(['sat'], '09:00', '18:00')]
const announcement = 'Who calls, for whom, and why; that the customer can object at any time.'

/** Union law where it applies; elsewhere the strictest national law that we know of. */
export const euRules = law({
  description: `${NOT_ADVICE} The Union has rules on consent and objection, but none on hours and attempts: those are the member states’. For marketing, hours and attempts are taken from the French decree, and consent from the German act, as a caution for all; for other purposes they are our own caution. Add a set of rules for each country that you call: some forbid calls without consent altogether, and holidays differ (only four days that most of them share are listed). Overseas territories are not among the time zones. The share of abandoned calls is the limit of other countries, not of the Union.`,
  sources: [
    'Directive 2002/58/EC (ePrivacy), Article 13(1): automated calls need consent; 13(3): other calls, by national law',
    'Regulation (EU) 2016/679 (GDPR), Articles 6, 7, 21(2) and 21(3): consent, and objection to direct marketing',
    'France: décret n° 2022-1313 (Code de la consommation, article D223-9): hours, days, four calls in 30 days',
    'Germany: UWG § 7(2): express consent of consumers; § 7a: proof of consent, kept for five years',
  ],
  timeZones: ['Atlantic/Azores', 'Europe/Lisbon', 'Europe/Berlin', 'Europe/Athens'],
  holidays: ['01-01 New Year', '05-01 Labour Day', '12-25 Christmas Day', '12-26 Second day of Christmas'].map(holiday),
  holidaysUntil: null,
  rules: [
    rule(
      { purposes: ['marketing'], channels: ['call'], hours: marketingHours, retentionDays: FIVE_YEARS },
      { attempts: [atMost(4, 30)], consentForm: 'oral', announcement, abandonShareMax: 0.03 },
    ),
    rule(
      { purposes: ['marketing'], channels: ['automated-call'], hours: marketingHours, retentionDays: FIVE_YEARS },
      { attempts: [atMost(4, 30)], consentForm: 'electronic', announcement, abandonShareMax: 0.03 },
    ),
    rule(
      { purposes: ['service', 'collection'], channels: ['call'], hours: serviceHours, retentionDays: FIVE_YEARS },
      { attempts: [atMost(2, 1), atMost(5, 7)], announcement },
    ),
    rule(
      {
        purposes: ['service', 'collection'],
        channels: ['automated-call'],
        hours: serviceHours,
        retentionDays: FIVE_YEARS,
      },
      { attempts: [atMost(1, 1), atMost(3, 7)], consentForm: 'oral', announcement },
    ),
  ],
})
