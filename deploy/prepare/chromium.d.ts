/** Returns the path of the browser for the dashboard's tests, or undefined. */
export declare const findChromium: () => string | undefined
