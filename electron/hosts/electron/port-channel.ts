/** The one channel between main process and preload: it carries one port, once for each page. */
export const PORT_CHANNEL = 'ridgeway-port';
