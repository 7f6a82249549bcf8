import type { Texts } from '../en/en.ts'

export const reasons: Texts['reasons'] = {
  within24h: '{what}（近 24 小时）',
  within7d: '{what}（近 7 天）',
  within30d: '{what}（近 30 天）',
  withinDecayed1h: '{what}（以近几小时为主）',
  withinDecayed24h: '{what}（以近几天为主）',
  withinDecayed30d: '{what}（以近几周为主）',
  otherNames: '其他',
  reason: '{what}：{value}（{direction, select, up {提高评分} other {降低评分}}）',
  timesUsual: '{value}，是平时的 {factor} 倍',
  timesAverage: '{value}，是平均值的 {factor} 倍',
  moreThanUsual: '{value}，比平时多 {share}%',
  lessThanUsual: '{value}，比平时少 {share}%',
  aboveAverage: '{value}，高于平均值 {share}%',
  belowAverage: '{value}，低于平均值 {share}%',
  notKnown: '未知',
  days: '{value, plural, other {{shown} 天}}',
  minutes: '{value} 分钟',
  hours: '{value} 小时',
  seconds: '{value} 秒',
  ofFive: '{value} 分（满分 5 分）',
}
