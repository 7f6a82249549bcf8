import { isDayName, monthNamed } from '../../../models/table/calendar-names.ts'

test.each([
  ['Sept', 8],
  ['MAR', 2],
  ['März', 2],
  ['août', 7],
  ['enero', 0],
  ['января', 0],
  ['dez', 11],
  ['listopad', 10],
])('%s is month %d', (name, month) => expect(monthNamed(name)).toBe(month))

test('days have names, other words are neither', () => {
  expect(['Saturday', 'Sa', 'понедельник', 'lun.', 'Jan'].map(isDayName)).toEqual([true, true, true, true, false])
  expect(monthNamed('kg')).toBeUndefined()
})
