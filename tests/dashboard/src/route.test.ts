import { customerHref, pageHref, routeOf } from '../../../dashboard/src/route.ts'

const overview = { page: '', item: undefined }
const aCase = { page: 'cases', item: 'v/1 ü' }

test('what is opened on a page has an address, whatever its name', () => {
  expect(routeOf(pageHref('cases', 'v/1 ü'), overview)).toEqual({ ...aCase, customerId: undefined })
  expect(routeOf(pageHref('cases'), aCase)).toEqual({ page: 'cases', item: undefined, customerId: undefined })
})

test('a customer opens in front of what is shown, and what is no page leaves it as it is', () => {
  expect(routeOf(customerHref('c-1'), aCase)).toEqual({ ...aCase, customerId: 'c-1' })
  expect(routeOf('#content', aCase)).toEqual({ ...aCase, customerId: undefined })
  expect(routeOf('#/cases/%E0', overview)).toEqual({ page: 'cases', item: undefined, customerId: undefined })
  expect(routeOf('', aCase)).toEqual({ ...overview, customerId: undefined })
})
