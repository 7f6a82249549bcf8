import { customerHref, pageHref, routeOf } from '../../../dashboard/src/route.ts'

const overview = { page: '', item: undefined }
const aCase = { page: 'cases', item: 'v/1 ü' }

test('what is opened on a page has an address, whatever its name', () => {
  expect(routeOf(pageHref('cases', 'v/1 ü'), overview)).toEqual(aCase)
  expect(routeOf(pageHref('cases'), aCase)).toEqual({ page: 'cases', item: undefined })
})

test('a customer has a page, and a tab is the end of its address, whatever the id', () => {
  expect(routeOf(customerHref('c-1'), aCase)).toEqual({ page: 'customers', item: 'c-1' })
  expect(routeOf(customerHref('c-1', 'visits'), aCase)).toEqual({ page: 'customers', item: 'c-1/visits' })
  expect(routeOf(customerHref('bank/visits'), aCase)).toEqual({ page: 'customers', item: 'bank/visits/overview' })
})

test('what is no page leaves what is shown as it is', () => {
  expect(routeOf('#content', aCase)).toEqual(aCase)
  expect(routeOf('#/cases/%E0', overview)).toEqual({ page: 'cases', item: undefined })
  expect(routeOf('', aCase)).toEqual(overview)
})
