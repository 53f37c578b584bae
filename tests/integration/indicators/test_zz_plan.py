import time, asyncpg
from tests.integration.indicators.figures import *
from tests.support.towns import Door
from services.indicators.native import statement
async def test_x(indicators: Door, database_url):
    await equip(indicators)
    t=indicators.municipality.id
    c=await asyncpg.connect(database_url, server_settings={"search_path":"indicators"})
    P="services.indicators.releases"
    tr=c.transaction(); await tr.start()
    await c.execute("SELECT set_config('app.municipality',$1,true)", str(t))
    await c.execute("SET LOCAL ROLE planraum_indicators")
    await c.execute(statement(P,"begin"))
    await c.execute("""INSERT INTO moving SELECT 'bevoelkerung','a-'||n%500, make_date(1900+(n/500)%100,12,31),(1900+(n/500)%100)::text, CASE WHEN n<50000 THEN '' ELSE 'GES=GESM' END, make_date(1900+(n/500)%100,1,1), n,'normal','d' from generate_series(0,99999) n""")
    for name,a in (("ANALYZE moving",()),("drop_unchanged",()),("end_old",(1,)),("add_new",(1,)),("affect",([],)),("ANALYZE affected",())):
        s=time.time()
        if name.startswith("ANA"): await c.execute(name)
        else: await c.execute(statement(P,name),t,*a,timeout=100)
        print(name, time.time()-s)
    for r in await c.fetch("EXPLAIN "+statement(P,"figures"),t): print(r[0])
    await tr.rollback()
