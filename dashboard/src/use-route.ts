import { useEffect, useState } from 'preact/hooks'
import { routeOf, type Route } from './route.ts'

export function useRoute(): Route {
  const [route, setRoute] = useState(() => routeOf(location.hash, { page: '', item: undefined }))
  useEffect(() => {
    const change = () => setRoute((shown) => routeOf(location.hash, shown))
    window.addEventListener('hashchange', change)
    return () => window.removeEventListener('hashchange', change)
  }, [])
  return route
}
