import type { Texts } from '../en/en.ts'

export const visits: Texts['visits'] = {
  visits: 'Визиты',
  noVisitsYet: 'Визитов пока нет.',
  minutesThere: '{minutes, plural, one {# минута} few {# минуты} many {# минут} other {# минуты}} на месте',
  customers: 'Клиенты',
  flags: 'Отметки',
  whatNeedsAttentionAndWhyWith: 'Что требует внимания и почему; указано {timeLabel}',
  flagsOf: 'Отметки для',
  nothingIsFlaggedVisitsAndCustomers:
    'Отметок нет. Визиты и клиенты отмечаются, когда для этого есть основание в оценках.',
  visitPolicy: 'Политика визитов',
  overall: 'Всего',
  team: 'Команда',
  byProbability: 'По вероятности',
  byExpectedValue: 'По ожидаемой ценности',
  whomToVisitFirst: 'Кого посетить в первую очередь',
  openOpportunities: 'Открытые сделки',
  openOpportunities2:
    '{openCount, plural, one {# открытая сделка} few {# открытые сделки} many {# открытых сделок} other {# открытой сделки}}',
  order: 'Порядок',
  list: 'Список',
  noListOfATeamYet: 'Список команды ещё не опубликован.',
  thereAreNoOpenOpportunities: 'Открытых сделок нет.',
  assumed: 'предположение',
  unchanged: 'без изменений',
  pts: '{points, number} п. п.',
  daysAgo:
    '{days, plural, =0 {визит сегодня} =1 {визит вчера} one {визит # день назад} few {визит # дня назад} many {визит # дней назад} other {визит # дня назад}}',
  aVisitIsWorth: 'Визит принесёт {expectedValueMinor}',
  byProbability2: 'по вероятности',
  byExpectedValue2: 'по ожидаемой ценности',
  visitCount: '{visitCount, plural, one {# визит} few {# визита} many {# визитов} other {# визита}}',
  otherPlace: '№ {place, number} {order}',
  up: 'выше на',
  down: 'ниже на',
}
