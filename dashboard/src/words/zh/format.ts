import type { Texts } from '../en/en.ts'

export const format: Texts['format'] = {
  percent: '{value}%',
  seconds: '{value} 秒',
  milliseconds: '{value} 毫秒',
  dateAndTime: '{date} {time}',
  metres: '{value} 米',
  kilometres: '{value} 公里',
  interval: '{value}（{lower} 至 {upper}）',
  minutesAndSeconds: '{minutes} 分 {seconds} 秒',
  hoursAndMinutes: '{hours} 小时 {minutes} 分',
  points: '{value} 个百分点',
  days: '{value} 天',
  hours: '{value} 小时',
  minutes: '{value} 分钟',
}
