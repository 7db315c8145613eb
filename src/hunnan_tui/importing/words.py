"""What people call the columns, stages and rows of their tables, in five languages.

Words are separated by blanks; one of several words has `_` between them. To teach the
import a word, add it here.
"""

from __future__ import annotations

from collections.abc import Mapping

FIELD_WORDS: Mapping[str, str] = {
    "name": """
        项目名称 名称 项目 工程名称 项目名 项目全称 name_of_project
        name_of_the_project 标段名称 project project_name name title
        project_title projekttitel projekt projektname projektbezeichnung bezeichnung
        vorhaben titel nazwa nazwa_projektu tytuł tytuł_projektu projeto nome
        nome_do_projeto título titulo empreendimento nombre proyecto
        plant plant_name mine mine_name unit_name
    """,
    "name_zh": "中文名称 中文名 项目中文名称 chinese_name name_zh",
    "id": """
        项目代码 项目编码 项目编号 代码 编码 编号 项目统一代码 统一代码 备案号 id code
        project_id project_code project_no project_number projectid proj_id
        projektnummer projekt_nr nummer aktenzeichen förderkennzeichen numer
        numer_projektu numer_umowy nr_umowy código codigo código_do_projeto idunico
        id_unico processo uuid ref reference
    """,
    "party": """
        建设单位 业主单位 业主 项目单位 项目业主 项目法人 投资方 投资单位 投资主体 投资企业
        投资商 施工单位 设计单位 监理单位 承建单位 承建企业 代建单位 企业 企业名称 公司
        公司名称 合作方 单位 单位名称 招商单位 申报单位 实施单位 责任单位 牵头单位 承办单位 实施主体
        建设主体 owner owners developer
        investor investors company contractor contractors borrower operator promoter
        sponsor implementing_agency implementing_entity impagency beneficiary parent
        träger projektträger vorhabenträger auftraggeber bauherr zuwendungsempfänger
        unternehmen beneficjent inwestor wykonawca wnioskodawca executor executores
        executor_nome empresa tomador promotor
    """,
    "industry": """
        行业 所属行业 行业类别 行业分类 产业 产业类别 所属产业 产业领域 领域 类别 项目类别
        industry industries sector sectors sector1 branch category branche wirtschaftszweig
        sektor branża setor eixo tipo tipos tipos_descricao
    """,
    "stage": """
        阶段 项目阶段 状态 项目状态 进度 建设阶段 项目进度 目前阶段 推进阶段 进展阶段 建设状态
        status stage phase state project_status projectstatusdisplay stand projektstatus
        stan status_projektu etap faza situação situacao estágio estagio estado fase
    """,
    "place": """
        地点 建设地点 项目地点 建设地址 项目地址 地址 位置 选址 落户地 落地位置 location place
        address site town city ort standort adresse adres lokalizacja miejscowość
        miejsce_realizacji local endereço endereco cidade localização
    """,
    "district": """
        区县 县区 区 县 市县 辖区 所在区 所属区县 所属区域 区域 地区 所在地区 属地 所属地区
        district county region province countryname country regionname landkreis kreis
        gemeinde bundesland powiat gmina województwo município municipio uf munic
    """,
    "investment": """
        总投资 投资额 总投资额 投资总额 计划总投资 计划投资 项目总投资 投资金额 投资规模 金额
        合同金额 签约金额 协议金额 合同额 投资 investment total_investment cost total_cost
        project_cost total_project_cost amount budget value capex contract_value totalamt
        gesamtkosten kosten investition investitionssumme gesamtinvestition gesamtvolumen
        koszt koszty wartość wartość_projektu całkowita_wartość_projektu valor valor_total
        custo custo_total investimento investimento_total inversión
    """,
    "summary": """
        建设内容 主要建设内容 建设内容及规模 建设规模及内容 建设规模及主要内容 建设规模 项目概况
        项目简介 项目内容 简介 内容 概况 description summary abstract objective scope
        project_description beschreibung kurzbeschreibung opis opis_projektu descrição
        descricao objeto resumo
    """,
    "url": "url link website web page webpage 网址 链接 网页 strona adres_www site_url",
    "period": """
        起止年月 建设起止年限 建设年限 建设工期 起止时间 建设周期 建设期限 工期 起止日期
        laufzeit projektlaufzeit duration period okres_realizacji prazo
    """,
}
"""The words of each field, folded by `fold_label`; `party` gives a role."""

CURRENCY_WORDS = "币种 货币 currency moeda waluta währung moneda"
"""Columns that name the currency of a row's amount."""

PERSON_WORDS = """
    联系人 联系电话 联系方式 电话 手机 手机号 手机号码 邮箱 电子邮箱 负责人电话 身份证号 contact
    contact_person phone phone_number telephone tel mobile email e_mail mail
    ansprechpartner ansprechpartnerin telefon telefonnummer kontakt osoba_kontaktowa
    telefone celular contato
"""
"""Columns on persons, left out unless the user says otherwise."""

PERSON_PARTS = ("联系电话", "联系方式", "联系人", "手机", "电话", "邮箱", "身份证")
"""What the heading of such a column holds where it holds more: `责任人联系电话`."""

SERIAL_WORDS = "序号 编号 序 no nr # lp lfd_nr item s/n sn"
"""Columns that count the rows of a table."""

DATE_WORDS = """
    时间 日期 年月 开工 竣工 投产 完工 投运 签约 立项 入库 年份 交付
    date datum data beginn ende start begin end year jahr rozpoczęcie zakończenie
    início inicio fim término termino approval approved closing completion opening
    commissioning rok ano
"""
"""What the heading of a column of dates holds."""

TOTAL_WORDS = """
    小计 合计 总计 共计 累计 总合计 total subtotal sub_total grand_total sum summe gesamt
    gesamtsumme zwischensumme suma razem ogółem total_geral totals
"""
"""What a row says in front that sums others up."""

FOOT_WORDS = """
    注: 备注: 说明: 填表 制表 审核 note: notes: source: sources: legend quelle: źródło: fonte:
"""
"""How a text below a table begins."""

NAMING_KEYS = "name nome nazwa title label description descricao descrição 名称"
"""The key by which an object of a list is known."""

MONEY_PARTS = "投资 资金 金额 计划 完成 产值 税收 cost amount budget"
"""What the heading of a column of money holds that is no field of ours."""

EMPTY_WORDS = (
    *("", "/", "-", "—", "--", "——", "无", "待定", "不详", "暂无"),
    *("N/A", "n/a", "TBD", "tbd", "null", "None"),
)
"""What stands in a cell that says nothing."""

STAGE_WORDS: Mapping[str, str] = {
    "planned": "谋划 前期 前期工作 规划 拟建 未开工 储备 策划 谋划中 planned",
    "promoted": "在谈 洽谈 招商 推介 promoted",
    "signed": "签约 已签约 signed",
    "construction": "在建 续建 开工 建设 建设中 已开工 施工 施工中 construction under_construction",
    "completed": "竣工 已竣工 完工 已完工 建成 completed",
    "operating": "投产 投运 已投产 运营 已投运 运行 operating",
}
"""Stages of a Chinese district, in the order of life, with the words for each."""

STAGE_NAMES: Mapping[str, tuple[str, str]] = {
    "planned": ("Planned", "谋划"),
    "promoted": ("Promoted", "招商"),
    "signed": ("Signed", "签约"),
    "construction": ("Construction", "在建"),
    "completed": ("Completed", "竣工"),
    "operating": ("Operating", "投产"),
}
