import type { Texts } from '../en/en.ts'

export const format: Texts['format'] = {
  percent: '{value} %',
  seconds: '{value} с',
  milliseconds: '{value} мс',
  dateAndTime: '{date}, {time}',
  metres: '{value} м',
  kilometres: '{value} км',
  interval: '{value} (от {lower} до {upper})',
  minutesAndSeconds: '{minutes} мин {seconds} с',
  hoursAndMinutes: '{hours} ч {minutes} мин',
  points: '{value} п. п.',
  days: '{value} дн.',
  hours: '{value} ч',
  minutes: '{value} мин',
}
