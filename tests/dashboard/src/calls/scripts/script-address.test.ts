import { parseItem, sectionHref } from '../../../../../dashboard/src/calls/scripts/script-address.ts'
import { routeOf } from '../../../../../dashboard/src/route.ts'

const opened = (href: string) => parseItem(routeOf(href, { page: '', item: undefined }).item)

test('each section and each of its items has an address, whatever its name', () => {
  expect(opened(sectionHref('templates'))).toEqual({ section: 'templates', id: undefined })
  expect(opened(sectionHref('templates', 'a/b ü'))).toEqual({ section: 'templates', id: 'a/b ü' })
})

test('an address without a section, or with an unknown one, opens the results', () => {
  expect(parseItem(undefined)).toEqual({ section: 'results', id: undefined })
  expect(parseItem('nothing/1')).toEqual({ section: 'results', id: undefined })
})
