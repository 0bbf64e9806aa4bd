// The seed example as it stands, on npm's eventsource: prints what anyone publishes, and the id of each message.
// usage: node seed-events.mjs http://127.0.0.1:5000/events
import { EventSource } from 'eventsource';

const source = new EventSource(process.argv[2]);
source.onopen = () => console.log('open');
source.onmessage = (event) => console.log(`message ${event.lastEventId} ${event.data}`);
source.addEventListener('position', (event) => console.log(`position ${event.data}`));
source.onerror = () => console.log(`error readyState=${source.readyState}`);

process.stdin.resume().on('end', () => source.close());
