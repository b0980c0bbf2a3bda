import { productionDevices } from './production-devices.ts';
import { startProduct } from './start-product.ts';

startProduct(productionDevices);
