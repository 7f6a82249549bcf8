import { pageHref } from '../../route.ts'

export const DESKS = 'desks'

export function deskHref(desk: string): string {
  return pageHref(DESKS, desk)
}
