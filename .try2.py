import sys, shutil
from pathlib import Path
from tests.violations.tree import *
from tests.violations.tree import load
from tooling import openapi
from tooling.contracts.check import check
from tooling.boundaries import check as b
from shared.contracts import boundaries as declaration
t=Path(".stack/sampletree").resolve(); shutil.rmtree(t,ignore_errors=True); t.mkdir()
copy(t)
docs=openapi.documents_of(sorted(p.parent.name for p in t.glob("back-*/main.py")), t)
import subprocess
base={(f.rule,str(f)) for f in [*check(t,lambda s:docs),*b(t)]}
print("base",len(base)); [print("  ",x) for r,x in base if "flag" not in x]
baser={r for r,_ in base}
for p in [*map(Path,sys.argv[1:])]:
    k=load(p)
    if k.check in("observed","versions"): continue
    try:
        with broken(t,k):
            declaration.load.cache_clear()
            found=[("contracts",f) for f in check(t,lambda s:docs)]+[("boundaries",f) for f in b(t)]
    except AssertionError as e: print("EDIT",p.stem,e); continue
    new=[(c,f) for c,f in found if (f.rule,str(f)) not in base]
    rules={f.rule for _,f in new}
    def at(f): return str(f.file.relative_to(t)) if hasattr(f,"file") else str(f.path)
    claimed=[f for c,f in new if c==k.check and f.rule==k.rule and at(f)==(k.at or k.file) and k.says in str(f)]
    if not claimed or rules!={k.rule,*k.also}: print("BAD",p.stem,"expected",k.rule,k.also,k.says,"got",[(f.rule,at(f),str(f)[-160:]) for _,f in new][:5])
