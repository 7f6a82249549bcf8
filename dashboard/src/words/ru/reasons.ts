import type { Texts } from '../en/en.ts'

export const reasons: Texts['reasons'] = {
  within24h: '{what}, за 24 часа',
  within7d: '{what}, за 7 дней',
  within30d: '{what}, за 30 дней',
  withinDecayed1h: '{what}, в основном за последние часы',
  withinDecayed24h: '{what}, в основном за последние дни',
  withinDecayed30d: '{what}, в основном за последние недели',
  otherNames: 'другое',
  reason: '{what}: {value} ({direction, select, up {повышает оценку} other {снижает оценку}})',
  timesUsual: '{value}, {factor}× от обычного',
  timesAverage: '{value}, {factor}× от среднего',
  moreThanUsual: '{value}, на {share} % больше обычного',
  lessThanUsual: '{value}, на {share} % меньше обычного',
  aboveAverage: '{value}, на {share} % выше среднего',
  belowAverage: '{value}, на {share} % ниже среднего',
  notKnown: 'неизвестно',
  days: '{value, plural, one {{shown} день} few {{shown} дня} many {{shown} дней} other {{shown} дня}}',
  minutes: '{value} мин',
  hours: '{value} ч',
  seconds: '{value} с',
  ofFive: '{value} из 5',
}
